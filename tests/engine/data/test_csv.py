"""Tables of text: with and without names, classes as numbers and as words, values at the output, and their faults."""

from dataclasses import replace

import numpy as np
import pytest

from engine.data import DataError, load_data_set
from engine.data.choice import read_samples
from engine.design import DataReference, DataSource
from tests.engine.data.networks import network

NET = network((2,), 3)
IRIS = "a;b;species\n1;2;setosa\n3;4.5;versicolor\n\n5;-6e1;setosa\n"


@pytest.fixture
def whole(tmp_path):
    """All samples of a table, for testing, in the order of its lines."""

    def read(text, net=NET, label="", name="t.csv"):
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        reference = DataReference(DataSource.FILE, str(tmp_path / name), label, validation=0.0, test=1.0)
        data = load_data_set(reference, net)
        order = np.argsort(data.test.inputs["x"].reshape(len(data.test), -1)[:, 0])
        return replace(data, test=data.test.at(order))

    return read


def test_words_are_classes(whole):
    data = whole(IRIS)
    assert data.classes == ("setosa", "versicolor")
    assert data.test.labels.tolist() == [0, 1, 0]
    assert data.test.inputs["x"].tolist() == [[1, 2], [3, 4.5], [5, -60]]


@pytest.mark.parametrize(
    ("text", "label"),
    [("1,2,0\n3,4,2\n", ""), ("x1,label,x2\n1,0,2\n3,2,4\n", ""), ("mine\tx1\tx2\n0\t1\t2\n2\t3\t4\n", "mine")],
)
def test_the_column_of_classes_is_the_last_the_one_called_so_or_the_one_named(text, label, whole):
    data = whole(text, label=label)
    assert data.test.labels.tolist() == [0, 2]
    assert data.test.inputs["x"].tolist() == [[1, 2], [3, 4]]


def test_a_value_for_each_output_and_none_at_all(whole):
    data = whole("1,2,.1,.2,.3\n3,4,.4,.5,.6\n")
    np.testing.assert_allclose(data.test.targets, [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]], rtol=1e-6)
    assert whole("1,2\n3,4\n").test.labels is None


def test_a_last_input_that_looks_like_classes_is_taken_where_the_columns_have_names(whole):
    assert whole("a,b\n1.5,0\n2.5,1\n").test.inputs["x"].tolist() == [[1.5, 0], [2.5, 1]]


def test_a_spreadsheets_mark_at_the_start_is_no_text(whole):
    assert whole(b"\xef\xbb\xbf1,2,0\r\n3,4,1\r\n").test.inputs["x"].tolist() == [[1, 2], [3, 4]]


def test_a_table_given_to_a_command_is_used_as_a_whole(tmp_path):
    (tmp_path / "t.csv").write_text("1,2,0\n3,4,2\n")
    samples, source = read_samples(tmp_path / "t.csv", NET, 10)
    assert (len(samples), source) == (2, str(tmp_path / "t.csv"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", r"t\.csv is empty"),
        ("a,b,c\n", "no samples"),
        ("1,2,3,4\n", "4 columns; the network takes 2 values"),
        ("a,label\n1,0\n2,1\n", "'label' holds answers by its name: one input is missing"),
        ("1.5,0\n2.5,1\n", "the last one looks like numbers of classes"),
        ("a,b,label\n1,2,0\n1,x,0\n", "Line 3 of t.csv, column 'b': 'x' is no finite number"),
        ("1,2,0\n1,nan,0\n", "Line 2 of t.csv, column 2: 'nan'"),
        ("1,2,0\n1,-1e39,0\n", "Line 2 of t.csv, column 2: '-1e39' is no finite number"),
        ("1,2,0\n1,,0\n", "Line 2 of t.csv, column 2: there is nothing"),
        ("1,2,0\n1,2\n", "Line 2 of t.csv has 2 columns"),
        ("a\n1,x,0\n", "Line 2 of t.csv has 3 columns"),
        ("a,b,c,label\n1,2,0\n", "Line 2 of t.csv has 3 columns"),
        ("1,2,0\n1,2,7\n", "class 7 for sample 1"),
        ("1,2,a\n1,2,b\n1,2,c\n1,2,d\n", r"4 classes \(a, b, c, d\); the network has 3 outputs"),
        (b"\xff\xfe\x00\x81", "not a table of text"),
    ],
)
def test_faults_are_named_with_their_line(text, words, whole):
    with pytest.raises(DataError, match=words):
        whole(text)


def test_a_label_that_is_no_column_is_refused(whole):
    with pytest.raises(DataError, match="no column 'class'; its columns are a, b, species"):
        whole(IRIS, label="class")
