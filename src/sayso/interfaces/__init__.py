"""How people and programs reach the workspace: command line, report, exports."""
