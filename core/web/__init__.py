"""What the server answers beside the script: guard, sign-in cookie, uploads, health."""
