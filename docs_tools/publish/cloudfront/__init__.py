"""CloudFront before a bucket: what its caches have to forget, and a template that sets it up."""
