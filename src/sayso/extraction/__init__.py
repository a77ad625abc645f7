"""From one version to its reading: attributions, figures, times and voice."""
