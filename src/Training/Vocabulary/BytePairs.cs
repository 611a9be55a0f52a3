namespace OnnxChat.Training.Vocabulary;

/// <summary>Which pairs of neighbouring symbols occur in the words, how often, and where.</summary>
internal sealed class BytePairs
{
    private readonly List<(List<int> Symbols, long Count)> _words = [];
    private readonly Dictionary<BytePair, long> _counts = [];
    private readonly Dictionary<BytePair, HashSet<int>> _places = [];

    // The most frequent first; of equally frequent ones the pair of the oldest symbols.
    private readonly PriorityQueue<(BytePair Pair, long Count), (long, int, int)> _queue = new();

    public void Add(ReadOnlySpan<byte> word, long count)
    {
        var symbols = new List<int>(word.Length);
        foreach (var value in word)
            symbols.Add(value);
        _words.Add((symbols, count));
        for (var i = 0; i + 1 < symbols.Count; i++)
            Change(new BytePair(symbols[i], symbols[i + 1]), count, _words.Count - 1);
    }

    /// <summary>Has every pair compete once all words are there.</summary>
    public void Rank()
    {
        foreach (var (pair, count) in _counts)
            Enqueue(pair, count);
    }

    /// <summary>The most frequent pair; false where none occurs often enough.</summary>
    public bool TryTakeBest(long least, out BytePair pair)
    {
        while (_queue.TryDequeue(out var best, out _))
        {
            pair = best.Pair;
            var now = _counts.GetValueOrDefault(pair);
            if (now == best.Count)
                return now >= least;
            // What was counted has changed since: the pair competes again with its present count.
            if (now > 0)
                Enqueue(pair, now);
        }

        pair = default;
        return false;
    }

    /// <summary>Replaces a pair by one symbol wherever it occurs.</summary>
    public void Merge(BytePair pair, int symbol)
    {
        var changed = new HashSet<BytePair>();
        if (_places.Remove(pair, out var places))
        {
            foreach (var place in places)
                Merge(pair, symbol, place, changed);
        }

        _counts.Remove(pair);
        changed.Remove(pair);
        foreach (var other in changed)
            Enqueue(other, _counts.GetValueOrDefault(other));
    }

    private void Merge(BytePair pair, int symbol, int place, HashSet<BytePair> changed)
    {
        var (symbols, count) = _words[place];
        for (var i = 0; i + 1 < symbols.Count; i++)
        {
            if (symbols[i] != pair.Left || symbols[i + 1] != pair.Right)
                continue;
            if (i > 0)
            {
                Change(new BytePair(symbols[i - 1], pair.Left), -count, place);
                Grow(new BytePair(symbols[i - 1], symbol), count, place, changed);
            }

            if (i + 2 < symbols.Count)
            {
                Change(new BytePair(pair.Right, symbols[i + 2]), -count, place);
                Grow(new BytePair(symbol, symbols[i + 2]), count, place, changed);
            }

            symbols[i] = symbol;
            symbols.RemoveAt(i + 1);
        }
    }

    private void Grow(BytePair pair, long count, int place, HashSet<BytePair> changed)
    {
        Change(pair, count, place);
        changed.Add(pair);
    }

    private void Change(BytePair pair, long by, int place)
    {
        _counts[pair] = _counts.GetValueOrDefault(pair) + by;
        if (by <= 0)
            return;
        if (!_places.TryGetValue(pair, out var places))
            _places[pair] = places = [];
        places.Add(place);
    }

    private void Enqueue(BytePair pair, long count)
    {
        if (count > 0)
            _queue.Enqueue((pair, count), (-count, pair.Left, pair.Right));
    }
}
