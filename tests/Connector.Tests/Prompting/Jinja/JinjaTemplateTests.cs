using Microsoft.Extensions.Time.Testing;
using OnnxChat.Connector.Prompting;
using OnnxChat.Connector.Prompting.Jinja;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Prompting.Jinja;

public class JinjaTemplateTests
{
    public static TheoryData<string> Names => [.. ChatTemplates.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Render_TemplatesOfModelFamilies_WritesWhatJinjaWrites(string name)
    {
        var family = ChatTemplates.Find(name);
        var template = new JinjaTemplate(family.Template);

        Assert.All(family.Conversations, conversation =>
        {
            var values = Values(family, conversation);
            if (conversation.Raises is { } message)
                Assert.Equal(message, Assert.Throws<JinjaRaisedException>(() => template.Render(values)).Message);
            else
                Assert.Equal(conversation.Prompt, template.Render(values).Characters);
        });
    }

    [Theory]
    [InlineData("{{ 7 // 2 }} {{ -7 % 3 }} {{ 7 / 2 }} {{ 2 ** 3 }} {{ 1 + 2 * 3 }} {{ 6 / 2 }}", "3 2 3.5 8 7 3.0")]
    [InlineData("{{ 'a' ~ 1 ~ none ~ true }}", "a1NoneTrue")]
    [InlineData("{{ '=' * 3 }}{{ 'b' + 'c' }}", "===bc")]
    [InlineData("{{ 'yes' if x is defined else 'no' }}{{ y | default('d') }}{{ '' | default('e', true) }}", "node")]
    [InlineData("{{ [1, 2, 3][::-1] | join('-') }} {{ 'abcdef'[1:-1] }} {{ [1, 2][-1] }}", "3-2-1 bcde 2")]
    [InlineData("{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}={{ v }}{{ ',' if not loop.last }}{% endfor %}", "a=1,b=2")]
    [InlineData("{% for i in range(5) %}{% if i == 1 %}{% continue %}{% endif %}{% if i == 3 %}{% break %}{% endif %}{{ i }}{% else %}none{% endfor %}", "02")]
    [InlineData("{% for i in [] %}x{% else %}none{% endfor %}", "none")]
    [InlineData("{% for i in [1, 2, 3] if i is odd %}{{ i }}{{ loop.index }}{% endfor %}", "1132")]
    [InlineData("{% set ns = namespace(n=0) %}{% for i in [1, 2] %}{% set ns.n = ns.n + i %}{% set lost = i %}{% endfor %}{{ ns.n }}{{ lost }}", "3")]
    [InlineData("{% macro f(a, b='!') %}<{{ a }}{{ b }}>{% endmacro %}{{ f('x') }}{{ f('y', b='?') }}", "<x!><y?>")]
    [InlineData("{% set t %} in {% endset %}[{{ t | trim }}]", "[in]")]
    [InlineData("{{ {'a': [1, 'ü\"'], 'b': none} | tojson }}", "{\"a\": [1, \"ü\\\"\"], \"b\": null}")]
    [InlineData("{{ 'a.b.c'.split('.')[-1] }}{{ 'xyx'.replace('x', '-') }}{{ ' a '.strip() }}{{ 'Ab'.startswith(('A', 'b')) }}", "c-y-aTrue")]
    [InlineData("{{ 'b' in 'abc' and 2 not in [1] and not (1 == 2) }}", "True")]
    [InlineData("{%- if true -%}\n  a\n{%- endif %}\n  {# gone #}\n b\n", "a b")]
    [InlineData("  {% if true %}\n  x\n  {% endif %}\ny", "  x\ny")]
    [InlineData("{{ [{'r': 'u', 't': 1}, {'r': 'v', 't': 2}] | selectattr('r', 'equalto', 'v') | map(attribute='t') | list | first }}", "2")]
    [InlineData("{% generation %}a{% endgeneration %}{{ '\\n\\u4f60' }}", "a\n你")]
    public void Render_Constructs_AreJinjas(string template, string expected) =>
        Assert.Equal(expected, new JinjaTemplate(template).Render([]).Characters);

    [Theory]
    [InlineData("{% call x() %}{% endcall %}", "call")]
    [InlineData("{% include 'x' %}", "include")]
    [InlineData("{{ 'a' | wordcount }}", "wordcount")]
    [InlineData("{{ 1 is prime }}", "prime")]
    [InlineData("{{ lookup('x') }}", "lookup")]
    [InlineData("{{ f(*args) }}", "*")]
    [InlineData("\n\n{% for i in [1] %}", "endfor")]
    [InlineData("{{ 'open", "string")]
    [InlineData("{{ 1", "}}")]
    [InlineData("{{ missing.member }}", "missing")]
    [InlineData("{{ range(1000000) }}", "range")]
    [InlineData("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "macros")]
    [InlineData("{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}", "steps")]
    public void Render_WhatIsNotSupported_IsNamed(string template, string name)
    {
        var error = Assert.Throws<JinjaException>(() => new JinjaTemplate(template).Render([]));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_NestedWithoutEnd_IsRefusedRatherThanTakingTheStack() =>
        Assert.Throws<JinjaException>(() => new JinjaTemplate("{{ " + new string('(', 100_000)));

    [Fact]
    public void Render_MessagesWords_StayMarkedThroughWhateverIsDone()
    {
        const string Template = "<m>{{ c | trim | upper }}</m>{{ c.split('|')[-1] }}{{ c.replace('b', '_') }}{{ [c, 'x'] | join('+') }}{{ c | tojson }}{{ c[1:3] }}";

        var text = new JinjaTemplate(Template).Render([new("c", MarkedText.Quote(" a|b "))]);

        Assert.Equal("<m>A|B</m>b  a|_  a|b +x\" a|b \"a|", text.Characters);
        Assert.Equal("<m></m>_+x\"\"", string.Concat(text.Pieces.Where(p => !p.Quoted).Select(p => p.Text)));
    }

    [Fact]
    public void Render_StrftimeNow_IsOfTheClock()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 9, 8, 5, 0, TimeSpan.Zero));

        Assert.Equal("09 Mar 2026", new JinjaTemplate("{{ strftime_now('%d %b %Y') }}", clock).Render([]).Characters);
    }

    private static Dictionary<string, object?> Values(ChatTemplates family, ChatTemplates.Conversation conversation)
    {
        var values = new Dictionary<string, object?>
        {
            ["messages"] = conversation.Messages.Select(object? (m) => new OrderedDictionary<string, object?>
            {
                ["role"] = MarkedText.Own(m.Role),
                ["content"] = MarkedText.Quote(m.Content),
            }).ToList(),
            ["add_generation_prompt"] = true,
            ["tools"] = null,
            ["documents"] = null,
        };
        foreach (var (name, token) in family.Tokens)
            values[name] = MarkedText.Own(token);
        return values;
    }
}
