namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>
/// A compiled template: the part of Jinja that chat templates use, with the settings that Hugging Face gives them. Safe
/// for concurrent use.
/// </summary>
internal sealed class JinjaTemplate
{
    private readonly JinjaStatement _body;
    private readonly TimeProvider _time;

    /// <param name="source">The template's text.</param>
    /// <param name="time">What <c>strftime_now</c> says; null for the system's clock.</param>
    /// <exception cref="JinjaException">The template is malformed, or has a construct that is not supported.</exception>
    public JinjaTemplate(string source, TimeProvider? time = null)
    {
        _body = JinjaStatementParser.Parse(source);
        _time = time ?? TimeProvider.System;
    }

    /// <exception cref="JinjaException">The template does what is not supported.</exception>
    /// <exception cref="JinjaRaisedException">The template refuses the values.</exception>
    public MarkedText Render(IEnumerable<KeyValuePair<string, object?>> values)
    {
        var scope = new JinjaScope();
        JinjaFunctions.AddTo(scope, _time);
        foreach (var (name, value) in values)
            scope[name] = value;
        var output = new List<MarkedText>();
        _body(scope, output);
        return MarkedText.Concat(output);
    }
}
