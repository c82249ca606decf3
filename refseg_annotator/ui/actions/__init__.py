"""Every action, its keys, and the ways to find it: menus, palette, sheet of keys."""
