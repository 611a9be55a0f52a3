using System.Globalization;
using System.Text;

namespace OnnxChat.ModelTools.CommandLine;

/// <summary>
/// Reads lines that a person types, with those typed before on the arrow keys: terminals of Unix give a program no history.
/// Editing is at the line's end.
/// </summary>
internal sealed class LineEditor(Func<ConsoleKeyInfo> readKey, TextWriter output)
{
    // Of every terminal since the VT100: keep the cursor's place; go there and clear what follows.
    private const string Mark = "\e7";
    private const string Clear = "\e8\e[J";
    private const int MostLines = 500;

    private readonly List<string> _history = [];

    /// <returns>Null where the person ends the input, with Ctrl-D on an empty line.</returns>
    public string? ReadLine()
    {
        Show(Mark);
        var line = new StringBuilder();
        var at = _history.Count;
        var draft = "";
        while (true)
        {
            var key = readKey();
            switch (key)
            {
                case { Key: ConsoleKey.Enter }:
                    Show(Environment.NewLine);
                    return Remember(line.ToString());
                case { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } when line.Length == 0:
                    return null;
                case { Key: ConsoleKey.U, Modifiers: ConsoleModifiers.Control }:
                    Replace(line, "");
                    break;
                case { Key: ConsoleKey.Backspace }:
                    Replace(line, WithoutLastCharacter(line.ToString()));
                    break;
                case { Key: ConsoleKey.UpArrow } when at > 0:
                    if (at == _history.Count)
                        draft = line.ToString();
                    Replace(line, _history[--at]);
                    break;
                case { Key: ConsoleKey.DownArrow } when at < _history.Count:
                    at++;
                    Replace(line, at == _history.Count ? draft : _history[at]);
                    break;
                case { KeyChar: var character } when !char.IsControl(character):
                    line.Append(character);
                    Show(character.ToString());
                    break;
            }
        }
    }

    // A character may be several: an emoji, a letter with its accent.
    private static string WithoutLastCharacter(string line)
    {
        var starts = StringInfo.ParseCombiningCharacters(line);
        return starts.Length == 0 ? "" : line[..starts[^1]];
    }

    private string Remember(string line)
    {
        if (line.Length == 0 || (_history.Count > 0 && _history[^1] == line))
            return line;
        if (_history.Count == MostLines)
            _history.RemoveAt(0);
        _history.Add(line);
        return line;
    }

    private void Replace(StringBuilder line, string text)
    {
        line.Clear().Append(text);
        Show(Clear + text);
    }

    private void Show(string text)
    {
        output.Write(text);
        output.Flush();
    }
}
