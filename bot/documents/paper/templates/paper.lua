-- Turns what the templates mark by class into what each kind of paper knows: line breaks, new pages, boxes, blanks.

local BOXES = {card = 'Card', note = 'Note', notice = 'Notice', poster = 'Poster', letter = 'Letter', blank = 'Blank', cover = 'Cover', log = 'Log', steps = 'Steps', sign = 'Sign', keep = 'Keep', sheet = 'Sheet', labels = 'Labels', door = 'Door', door_lines = 'Door', door_name = 'DoorName'}
local LETTERS = {number = 'Number', big = 'Big', small = 'Small'}
local NEW_PAGE = {
  typst = '#pagebreak(weak: true)',
  docx = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>',
}

-- Typst makes lists of dashes, dots of dots and hyphens of "-?"; a string of its language is taken as it stands.
function Str(str)
  if FORMAT == 'typst' and str.text:match('%p') then
    return pandoc.RawInline('typst', '#"' .. str.text:gsub('[\\"]', '\\%0') .. '";')
  end
end

function Span(span)
  if span.classes:includes('br') then return pandoc.LineBreak() end
  if span.classes:includes('fill') then
    if FORMAT == 'typst' then return pandoc.RawInline('typst', '#fill') end
    if FORMAT == 'docx' then return pandoc.Str('＿＿＿＿＿＿＿＿＿＿＿＿') end
  end
  for class, style in pairs(LETTERS) do
    if span.classes:includes(class) then
      if FORMAT == 'typst' then
        local out = pandoc.List({pandoc.RawInline('typst', '#' .. class .. '[')})
        out:extend(span.content)
        out:insert(pandoc.RawInline('typst', ']'))
        return out
      end
      if FORMAT == 'docx' then span.attributes['custom-style'] = style end
      return span
    end
  end
end

-- Word gives a list and a heading their own small styles; on the wall card they are lines of the card, in its size and frame.
local function styled(style, inlines)
  return pandoc.Div({pandoc.Para(inlines)}, pandoc.Attr('', {}, {['custom-style'] = style}))
end

function card_of(div)
  local out = pandoc.List()
  for _, block in ipairs(div.content) do
    if block.t == 'Header' then
      out:insert(styled('CardTitle', block.content))
    elseif block.t == 'OrderedList' then
      for number, item in ipairs(block.content) do
        local line = pandoc.List({pandoc.Str(number .. '.'), pandoc.Space()})
        line:extend(item[1].content)
        out:insert(styled('Card', line))
      end
    else
      out:insert(styled('Card', block.content))
    end
  end
  return out
end

function Div(div)
  if div.classes:includes('newpage') then
    if FORMAT == 'docx' then return pandoc.RawBlock('openxml', NEW_PAGE.docx) end
    if FORMAT == 'typst' then return pandoc.RawBlock('typst', NEW_PAGE.typst) end
    return div
  end
  for class, style in pairs(BOXES) do
    if div.classes:includes(class) then
      if FORMAT == 'typst' then
        local out = pandoc.List({pandoc.RawBlock('typst', '#' .. class .. '[')})
        out:extend(div.content)
        out:insert(pandoc.RawBlock('typst', ']'))
        return out
      end
      if FORMAT == 'docx' then
        if class == 'card' then return card_of(div) end
        div.attributes['custom-style'] = style
      end
      return div
    end
  end
end
