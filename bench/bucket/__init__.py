"""Publishing to S3 beside `aws s3 sync`: `python -m bench.bucket`."""
