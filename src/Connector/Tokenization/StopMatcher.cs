namespace OnnxChat.Connector.Tokenization;

/// <summary>
/// Finds the first stop sequence in text that arrives in pieces. Text that could still turn out to be the beginning of a
/// stop sequence is held back, so that none is ever passed on, not even partly.
/// </summary>
internal sealed class StopMatcher
{
    private readonly string[] _sequences;
    private string _held = "";

    public StopMatcher(IEnumerable<string> sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        _sequences = [.. sequences];
        if (Array.Exists(_sequences, string.IsNullOrEmpty))
            throw new ArgumentException("A stop sequence is empty; give at least one character, or leave it out.", nameof(sequences));
    }

    /// <summary>Whether a stop sequence has been found; nothing is passed on after it.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Adds text and returns what of it is certainly before any stop sequence.</summary>
    public string Append(string text)
    {
        if (Stopped)
            return "";

        var pending = _held + text;
        var stop = FindFirst(pending);
        if (stop >= 0)
        {
            Stopped = true;
            _held = "";
            return pending[..stop];
        }

        var safe = pending.Length - LongestBeginning(pending);
        _held = pending[safe..];
        return pending[..safe];
    }

    /// <summary>Ends the text and returns what was held back.</summary>
    public string Flush()
    {
        var held = _held;
        _held = "";
        return held;
    }

    private int FindFirst(string text)
    {
        var first = -1;
        foreach (var sequence in _sequences)
        {
            var at = text.IndexOf(sequence, StringComparison.Ordinal);
            if (at >= 0 && (first < 0 || at < first))
                first = at;
        }

        return first;
    }

    /// <returns>How many characters at the end of the text are the beginning of a stop sequence.</returns>
    private int LongestBeginning(string text)
    {
        var longest = 0;
        foreach (var sequence in _sequences)
        {
            for (var length = Math.Min(sequence.Length - 1, text.Length); length > longest; length--)
            {
                if (text.AsSpan(text.Length - length).SequenceEqual(sequence.AsSpan(0, length)))
                    longest = length;
            }
        }

        return longest;
    }
}
