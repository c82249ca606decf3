"""What strangers send: bombs, broken files, lying servers, bundles and projects made to harm."""
