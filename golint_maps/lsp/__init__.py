"""The language server: a floor of its own beside the command line, on top of the engine.

The server process (`server`) speaks the protocol and never analyses anything. A worker process (`worker`) holds the
modules in memory (`desk`, `session`), analyses what changed, and sends back views of files: plain data in the editor's
terms. Nothing here is imported by `check`.
"""
