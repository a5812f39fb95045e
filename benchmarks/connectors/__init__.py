"""What connectors cost beside inputs that are mapped by hand, and beside a project without any."""
