using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Tests.CommandLine;

public sealed class LineEditorTests : IDisposable
{
    private static readonly ConsoleKeyInfo Enter = Key('\r', ConsoleKey.Enter);
    private static readonly ConsoleKeyInfo Up = Key('\0', ConsoleKey.UpArrow);
    private static readonly ConsoleKeyInfo Down = Key('\0', ConsoleKey.DownArrow);
    private static readonly ConsoleKeyInfo Back = Key('\b', ConsoleKey.Backspace);

    private readonly StringWriter _screen = new();

    public void Dispose() => _screen.Dispose();

    [Fact]
    public void ReadLine_TypedText_IsReturnedAndShown()
    {
        Assert.Equal(["where is it?", "怎么退货？"], Read([.. Typed("where is it?"), Enter, .. Typed("怎么退货？"), Enter]));
        Assert.Contains("where is it?", _screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ReadLine_ArrowKeys_GoThroughWhatWasTypedAndBackToTheDraft() =>
        Assert.Equal(
            ["one", "two", "one", "draft"],
            Read([.. Typed("one"), Enter, .. Typed("two"), Enter, Up, Up, Up, Enter, .. Typed("draft"), Up, Up, Down, Down, Down, Enter]));

    [Fact]
    public void ReadLine_SameLineTwice_IsRememberedOnce() =>
        Assert.Equal(["first", "again", "again", "first"], Read([.. Typed("first"), Enter, .. Typed("again"), Enter, .. Typed("again"), Enter, Up, Up, Enter]));

    [Fact]
    public void ReadLine_Backspace_TakesAwayWholeCharacters() =>
        Assert.Equal(["a"], Read([Back, .. Typed("a货👍🏽e\u0301"), Back, Back, Back, Enter]));

    [Fact]
    public void ReadLine_ControlU_ClearsTheLine() =>
        Assert.Equal(["b"], Read([.. Typed("a"), Key('\u0015', ConsoleKey.U, control: true), .. Typed("b"), Enter]));

    [Fact]
    public void ReadLine_ControlD_EndsTheInputOnAnEmptyLineOnly()
    {
        var end = Key('\u0004', ConsoleKey.D, control: true);

        Assert.Equal(["a"], Read([.. Typed("a"), end, Enter, end]));
    }

    private static IEnumerable<ConsoleKeyInfo> Typed(string text) => text.Select(c => Key(c, default));

    private static ConsoleKeyInfo Key(char character, ConsoleKey key, bool control = false) => new(character, key, shift: false, alt: false, control);

    private List<string> Read(IEnumerable<ConsoleKeyInfo> keys)
    {
        var pressed = new Queue<ConsoleKeyInfo>(keys);
        var editor = new LineEditor(pressed.Dequeue, _screen);
        var lines = new List<string>();
        while (pressed.Count > 0 && editor.ReadLine() is { } line)
            lines.Add(line);
        return lines;
    }
}
