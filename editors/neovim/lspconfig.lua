-- For nvim-lspconfig before Neovim 0.11: add to init.lua
local configs = require('lspconfig.configs')
local util = require('lspconfig.util')

configs.golint_maps = {
  default_config = {
    cmd = { 'golint-maps', 'lsp' },
    filetypes = { 'go' },
    root_dir = util.root_pattern('go.work', 'go.mod', '.golint-maps.toml', '.git'),
    settings = { golintMaps = {} },
  },
}
require('lspconfig').golint_maps.setup({})
