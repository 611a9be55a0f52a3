using System.Text;
using OnnxChat.Connector;
using OnnxChat.Connector.Prompting;

namespace OnnxChat.Fuzzing.Targets.Models;

/// <summary>
/// A chat template that came with a model is followed, or refused by an <see cref="OnnxChatModelException"/>; a
/// conversation that it raises an error for by an <see cref="ArgumentException"/> that says so. Findings: any other
/// exception, a stack that overflows, an execution that does not end, and more than 256 MiB.
/// </summary>
internal sealed class JinjaTarget : IFuzzTarget
{
    private const long MostBytes = 256L << 20;

    private static readonly Dictionary<string, string> Tokens = new() { ["bos_token"] = "<s>", ["eos_token"] = "</s>" };

    private static readonly Turn[] Conversation = [new(TurnRole.User, " hello <s> "), new(TurnRole.Assistant, "good day"), new(TurnRole.User, "1\n2")];

    public string Name => "jinja";

    public InputKind Kind => InputKind.Text;

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[]
        {
            "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
            "{{ bos_token }}{% if messages[0]['role'] == 'system' %}{% set system = messages[0]['content'] %}{% set rest = messages[1:] %}{% else %}{% set rest = messages %}{% endif %}{% for m in rest %}{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('roles must alternate') }}{% endif %}{{ m['content'] | trim }}{{ loop.index ~ loop.length }}{% endfor %}",
            "{%- set ns = namespace(n=0, found=false) -%}{%- macro say(text, times=2) -%}{{ text * times }}{%- endmacro -%}{%- for m in messages -%}{%- set ns.n = ns.n + 1 -%}{{ say(m.content) }}{{ m | tojson(indent=2) }}{%- if not loop.last %}{{ ',' }}{% endif -%}{%- endfor -%}{{ ns.n // 2 ** 3 % 7 - 1.5 }}",
            "{% for m in messages | selectattr('role', 'equalto', 'user') | list %}{{ m.content }}{{ m.content.split(' ')[-1] | upper | replace('O', '0') }}{{ m.items() | list | length }}{{ [3, 1, 2] | reverse | join(',') }}{{ range(0, 10, 3) | list | last }}{{ m.content[::-1] }}{% endfor %}",
            "{% for m in messages %}{{ m.content }}{{ m.content | default('x', true) | indent(2) | int | abs }}{{ m.content.strip('h').startswith('e') }}{{ m.get('role', 'none') | title }}{% if m.content is string and 'o' in m.content %}{{ m.content }}{% elif loop.first %}{% continue %}{% else %}{% break %}{% endif %}{% endfor %}{% do [].append(1) %}{{ strftime_now('%d %b %Y') }}",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public IReadOnlyList<string> Words { get; } =
    [
        "{{", "}}", "{%", "%}", "{%-", "-%}", "{#", "#}", "{% for x in ", "{% endfor %}", "{% if ", "{% endif %}", "{% else %}", "{% set x = ", "{% set x %}", "{% endset %}", "{% macro f(x) %}", "{% endmacro %}", "{{ f(f) }}",
        "{% filter upper %}", "{% endfilter %}", "{% do ", "{% break %}", "{% generation %}", "messages", "loop", ".append(messages)", ".content", ".items()", "['role']", "|tojson", "|length", "|map('upper')", "|map(attribute='content')", "|select('odd')", "|unique", "|int", "|abs", "|float", "|list", "|join", "|indent(", "|string", "|first",
        " is defined", " is divisibleby ", " if ", " else ", " and ", " or ", " not ", " in ", " ~ ", " ** ", " // ", " % ", " * ", " - ", " + ", " == ", " < ", "(", ")", "[", "]", "{", "}", "[::-1]", "[:", ":", ",", "'", "\"", "\\u0041", "range(", "namespace(", "dict(", "strftime_now('%", "raise_exception('x')",
        "9223372036854775807", "(-9223372036854775807 - 1)", "-1", "0", "1.5", "1e9", "none", "true", "x", "{% set x = x ~ x %}", "{% set x = x + x %}",
    ];

    public long MostAllocated(int length) => MostBytes;

    public ValueTask<Outcome> RunAsync(byte[] input)
    {
        try
        {
            var template = new JinjaChatTemplate(Encoding.UTF8.GetString(input), "chat_template.jinja", Tokens, stop: ["</s>"]);
            template.Render(Conversation, "be kind");
            return ValueTask.FromResult(Outcome.Taken);
        }
        catch (OnnxChatModelException exception)
        {
            return ValueTask.FromResult(Outcome.Refused(exception));
        }
        catch (ArgumentException exception) when (exception.Message.StartsWith("The model's chat template refuses the conversation", StringComparison.Ordinal))
        {
            return ValueTask.FromResult(Outcome.Refused(exception));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
