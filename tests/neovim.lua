-- Drives Neovim for tests/test_lsp_neovim.py: opens a file, waits for diagnostics, applies a code action, and writes down
-- what it saw, one JSON object for each line.
local case = vim.fn.json_decode(table.concat(vim.fn.readfile(vim.env.GOLINT_MAPS_CASE), '\n'))
local log = io.open(case.log, 'w')

local function say(what, data)
  data = data or vim.empty_dict()
  log:write(vim.fn.json_encode({ what = what, data = data }) .. '\n')
  log:flush()
end

local function check(condition, what)
  if not condition then
    say('failed', { why = what })
    log:close()
    vim.cmd('cquit!')
  end
end

local function wait(what, condition)
  check(vim.wait(case.patience, condition, 20), 'waited in vain for ' .. what)
end

local function ours()
  return vim.tbl_filter(function(one)
    return one.source == 'golint-maps'
  end, vim.diagnostic.get(0))
end

local function summary(found)
  return vim.tbl_map(function(one)
    return { code = one.code or one.user_data and one.user_data.lsp.code, line = one.lnum + 1, severity = one.severity, message = one.message }
  end, found)
end

-- What servers log is theirs; gopls logs as errors what it says of a go.mod, depending on what it comes to first.
local errors = {}
vim.lsp.handlers['window/logMessage'] = function(_, message, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  if client and client.name == 'golint_maps' and message.type == 1 then
    table.insert(errors, message.message)
  end
end

local function run()
  vim.opt.runtimepath:prepend(case.plugin)
  vim.opt.swapfile = false
  package.path = case.plugin .. '/?.lua;' .. package.path
  vim.cmd('filetype on')
  if case.builtin then
    vim.lsp.config('golint_maps', { cmd = case.server, settings = { golintMaps = { delay = 50 } } })
    vim.lsp.enable('golint_maps')
  else
    require('golint_maps').setup({ cmd = case.server, settings = { delay = 50 } })
  end
  if case.gopls then
    vim.api.nvim_create_autocmd('FileType', {
      pattern = 'go',
      callback = function(event)
        local id = vim.lsp.start_client({ name = 'gopls', cmd = case.gopls, root_dir = case.root })
        vim.lsp.buf_attach_client(event.buf, id)
      end,
    })
  end
  vim.cmd('edit ' .. vim.fn.fnameescape(case.file))
  check(vim.bo.filetype == 'go', 'the file type is ' .. vim.bo.filetype)
  wait('diagnostics', function()
    return #ours() > 0
  end)
  local found = ours()
  say('diagnostics', summary(found))
  if case.gopls then
    wait('both servers', function()
      return #vim.lsp.buf_get_clients(0) == 2
    end)
    wait('the diagnostics of gopls', function()
      return #vim.diagnostic.get(0) > #ours()
    end)
    local servers = {}
    for _, client in pairs(vim.lsp.buf_get_clients(0)) do
      servers[client.name] = vim.tbl_filter(function(name)
        return client.server_capabilities[name] ~= false and name:find('Provider$') ~= nil
      end, vim.tbl_keys(client.server_capabilities))
    end
    say('servers', servers)
    say('all diagnostics', vim.tbl_map(function(one)
      return { source = one.source or 'none', line = one.lnum + 1, message = one.message }
    end, vim.diagnostic.get(0)))
  end
  vim.api.nvim_win_set_cursor(0, { found[1].lnum + 1, found[1].col })
  local position = vim.lsp.util.make_position_params()
  for _, client in pairs(vim.lsp.buf_get_clients(0)) do
    local answer = client.request_sync('textDocument/hover', position, case.patience, 0)
    local contents = answer and answer.result and answer.result.contents
    say('hover of ' .. client.name, { server = client.name, text = contents and (contents.value or vim.inspect(contents)):sub(1, 160) or '' })
  end
  local params = vim.lsp.util.make_range_params()
  params.context = { diagnostics = {} }
  local titles, chosen, by = {}, nil, nil
  for _, client in pairs(vim.lsp.buf_get_clients(0)) do
    local answer = client.request_sync('textDocument/codeAction', params, case.patience, 0)
    for _, action in ipairs(answer and answer.result or {}) do
      table.insert(titles, client.name .. ': ' .. action.title)
      if action.title:find(case.action, 1, true) then
        chosen, by = action, client
      end
    end
  end
  say('actions', titles)
  check(chosen, 'no such action: ' .. case.action)
  if not chosen.edit then
    chosen = by.request_sync('codeAction/resolve', chosen, case.patience, 0).result
  end
  vim.lsp.util.apply_workspace_edit(chosen.edit, by.offset_encoding)
  wait('the diagnostics to go', function()
    return #ours() == 0
  end)
  if vim.fn.filereadable(vim.lsp.get_log_path()) == 1 then
    vim.list_extend(errors, vim.tbl_filter(function(line)
      return line:find('^%[ERROR%]') ~= nil
    end, vim.fn.readfile(vim.lsp.get_log_path())))
  end
  say('errors', errors)
  say('buffer', vim.api.nvim_buf_get_lines(0, 0, -1, false))
end

local ok, problem = pcall(run)
check(ok, tostring(problem))
say('done')
log:close()
vim.cmd('qall!')
