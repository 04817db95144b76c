"""The Qt application. Importing this package loads no Qt: the command line runs without it."""
