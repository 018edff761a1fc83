-- For Neovim 0.7 to 0.10, without a plugin: copy to ~/.config/nvim/lua/golint_maps.lua and add to init.lua
--
--     require('golint_maps').setup()
--     require('golint_maps').setup({ cmd = { '/opt/bin/golint-maps', 'lsp' }, settings = { minLevel = 'warning' } })
--
-- It runs beside gopls.
local M = {}

local MARKERS = { 'go.work', 'go.mod', '.golint-maps.toml', '.git' }

-- The nearest folder at or above `folder` with the first marker that is found anywhere; `folder` itself without any.
local function root_of(folder)
  for _, marker in ipairs(MARKERS) do
    local at = folder
    while true do
      if vim.loop.fs_stat(at .. '/' .. marker) then
        return at
      end
      local parent = vim.fn.fnamemodify(at, ':h')
      if parent == at then
        break
      end
      at = parent
    end
  end
  return folder
end

local clients = {}

local function attach(buffer, options)
  local name = vim.api.nvim_buf_get_name(buffer)
  if vim.bo[buffer].buftype ~= '' then
    return
  end
  local folder = name == '' and vim.loop.cwd() or vim.fn.fnamemodify(name, ':p:h')
  local root = root_of(folder)
  local client = clients[root] and vim.lsp.get_client_by_id(clients[root])
  if not client or client.is_stopped() then
    clients[root] = vim.lsp.start_client({
      name = 'golint_maps',
      cmd = options.cmd or { 'golint-maps', 'lsp' },
      root_dir = root,
      workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
      capabilities = options.capabilities or vim.lsp.protocol.make_client_capabilities(),
      init_options = options.settings,
      settings = { golintMaps = options.settings or vim.empty_dict() },
      on_attach = options.on_attach,
      handlers = options.handlers,
    })
  end
  if clients[root] then
    vim.lsp.buf_attach_client(buffer, clients[root])
  end
end

function M.setup(options)
  options = options or {}
  local group = vim.api.nvim_create_augroup('golint_maps', { clear = true })
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = 'go',
    callback = function(event)
      attach(event.buf, options)
    end,
  })
end

return M
