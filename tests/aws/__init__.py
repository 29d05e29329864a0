"""AWS, played by moto's server over HTTP, with what AWS does to a client in bad weather."""
