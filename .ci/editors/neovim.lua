-- Run by Neovim itself after the setup of docs/editors.md: asks the server what a person would, and prints the answers,
-- one JSON line each. Ends with 1 where something is missing.
local function tell(kind, value)
  io.stdout:write(vim.fn.json_encode({ kind, value }), '\n')
end
local function fail(what)
  tell('MISSING', what)
  vim.cmd('cquit 1')
end

vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.PATHWAY_FILE))
local buffer = vim.api.nvim_get_current_buf()
local function client()
  local get = vim.lsp.get_clients or vim.lsp.get_active_clients
  for _, each in pairs(get()) do
    if each.name == 'pathway' then
      return each
    end
  end
end
if
  not vim.wait(20000, function()
    local found = client()
    return found ~= nil and found.initialized and vim.lsp.buf_is_attached(buffer, found.id)
  end, 50)
then
  fail('the client did not start')
end
local capabilities = {}
for name, value in pairs(client().server_capabilities) do
  if value then
    capabilities[#capabilities + 1] = name
  end
end
table.sort(capabilities)
tell('capabilities', capabilities)

local function lines()
  return vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
end
local function place(part)
  for number, line in ipairs(lines()) do
    local column = line:find(part, 1, true)
    if column then
      return { line = number - 1, character = column }
    end
  end
  fail('no ' .. part)
end
local function ask(method, part, extra)
  local params = { textDocument = { uri = vim.uri_from_bufnr(buffer) }, position = place(part) }
  local answers, trouble = vim.lsp.buf_request_sync(buffer, method, vim.tbl_extend('force', params, extra or {}), 10000)
  local answer = answers and answers[client().id]
  if not answer or answer.err or answer.result == nil then
    fail(method .. ' ' .. vim.inspect(trouble or answer))
  end
  return answer.result
end
local function count(list)
  return #(list.items or list)
end

local function codes()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(buffer)) do
    local code = each.code or (each.user_data and each.user_data.lsp and each.user_data.lsp.code) or each.message
    found[#found + 1] = tostring(code)
  end
  return found
end
local function wait_for(code, is_there)
  if
    not vim.wait(20000, function()
      return vim.tbl_contains(codes(), code) == is_there
    end, 50)
  then
    fail(code .. (is_there and ' is not told' or ' stays') .. ': ' .. table.concat(codes(), ' '))
  end
end

-- An edit in the buffer goes to the server as the client sends it.
local original = lines()
local broken = {}
for _, line in ipairs(original) do
  broken[#broken + 1] = (line:gsub('by 1 Doctor', 'by 1 Doktor'))
end
vim.api.nvim_buf_set_lines(buffer, 0, -1, false, broken)
wait_for('PW2001', true)
for _, each in ipairs(vim.diagnostic.get(buffer)) do
  tell('diagnostic', { line = each.lnum + 1, severity = vim.diagnostic.severity[each.severity], message = each.message })
end
local at = place('Doktor')
local actions = ask('textDocument/codeAction', 'Doktor', {
  range = { start = at, ['end'] = at },
  context = { diagnostics = {} },
})
local titles = {}
local fix
for _, action in ipairs(actions) do
  titles[#titles + 1] = action.title
  if action.title:find('Doctor', 1, true) then
    fix = action
  end
end
tell('fixes', titles)
if not fix then
  fail('the fix')
end
vim.lsp.util.apply_workspace_edit(fix.edit, 'utf-16')
wait_for('PW2001', false)
if table.concat(lines(), '\n') ~= table.concat(original, '\n') then
  fail('the text as it was')
end

tell('definition', ask('textDocument/definition', 'Bed as'))
tell('hover', ask('textDocument/hover', 'triangular').contents)
tell('completion', count(ask('textDocument/completion', 'Doctor')))
tell('references', count(ask('textDocument/references', 'Bed as', { context = { includeDeclaration = true } })))
tell('symbols', count(ask('textDocument/documentSymbol', 'Bed as')))
tell('folds', count(ask('textDocument/foldingRange', 'Bed as')))
local edit = ask('textDocument/rename', 'Bed as', { newName = 'WardBed' })
tell('rename', vim.tbl_count(edit.changes or edit.documentChanges))
local messy = {}
for _, line in ipairs(original) do
  messy[#messy + 1] = (line:gsub('^  owner Ward', '      owner    Ward'))
end
vim.api.nvim_buf_set_lines(buffer, 0, -1, false, messy)
local edits = ask('textDocument/formatting', 'Bed as', { options = { tabSize = 2, insertSpaces = true } })
vim.lsp.util.apply_text_edits(edits, buffer, 'utf-16')
if table.concat(lines(), '\n') ~= table.concat(original, '\n') then
  fail('formatting')
end
tell('formatting', 'as it was')
vim.cmd('qall!')
