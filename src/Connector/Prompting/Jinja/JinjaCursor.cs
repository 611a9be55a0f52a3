namespace OnnxChat.Connector.Prompting.Jinja;

/// <summary>A place in a template's tokens.</summary>
internal sealed class JinjaCursor(IReadOnlyList<JinjaToken> tokens)
{
    private int _at;

    public JinjaToken Current => tokens[_at];

    public JinjaToken Next() => tokens[_at < tokens.Count - 1 ? _at++ : _at];

    /// <summary>Whether the tokens from here on are the ones given, by text.</summary>
    public bool Sees(JinjaTokenKind kind, string text, int ahead = 0) =>
        _at + ahead < tokens.Count && tokens[_at + ahead].Kind == kind && tokens[_at + ahead].Text == text;

    public bool SeesName(string name, int ahead = 0) => Sees(JinjaTokenKind.Name, name, ahead);

    public bool Take(string symbol) => TakeIf(Sees(JinjaTokenKind.Operator, symbol));

    public bool TakeName(string name) => TakeIf(SeesName(name));

    public void Expect(string symbol)
    {
        if (!Take(symbol))
            throw Unexpected($"'{symbol}'");
    }

    public void ExpectName(string name)
    {
        if (!TakeName(name))
            throw Unexpected($"'{name}'");
    }

    public JinjaToken Expect(JinjaTokenKind kind) => Current.Kind == kind ? Next() : throw Unexpected(kind.ToString());

    public JinjaException Unexpected(string expected) =>
        new($"line {Current.Line}: '{(Current.Text.Length > 0 ? Current.Text : Current.Kind)}' stands where {expected} should");

    private bool TakeIf(bool there)
    {
        if (there)
            _at++;
        return there;
    }
}
