"""Who may do what, where: permissions, roles as data, refusals, and proof that somebody is who they say."""
