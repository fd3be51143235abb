"""Running a vendor's tool on a converted project: where it stands, what it is told, how it gets on, what came out."""
