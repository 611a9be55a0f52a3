namespace OnnxChat.Connector.Generation;

/// <summary>Replies on one batch. A row leaves when its reply ends; the batch goes on for the others.</summary>
internal sealed class Cohort : IDisposable
{
    // For fewer rows, handing them to other threads costs more than it gains.
    private const int ParallelRows = 8;

    private readonly ICausalModel _model;
    private readonly RunningReply[] _replies;
    private readonly int[] _tokens;
    private readonly int _capacity;
    private readonly int _chunk;
    private readonly Action<int> _advance;
    private ITokenBatch? _batch;
    private ReadOnlyMemory<int> _unread;
    private int _length;

    /// <param name="model">Runs the batch.</param>
    /// <param name="replies">At least one that has not ended.</param>
    /// <param name="capacity">Tokens that a row's cache has room for.</param>
    /// <param name="chunk">Most prompt tokens that one step runs where there is a single row.</param>
    public Cohort(ICausalModel model, IReadOnlyList<RunningReply> replies, int capacity, int chunk)
    {
        _model = model;
        _replies = [.. replies];
        _tokens = new int[replies.Count];
        _capacity = capacity;
        _chunk = chunk;
        _advance = Advance;
    }

    /// <summary>Replies that have not ended.</summary>
    public IEnumerable<RunningReply> Live => _replies.Where(r => !r.Ended);

    /// <summary>Number of <see cref="Live"/>.</summary>
    public int Rows
    {
        get
        {
            var rows = 0;
            foreach (var reply in _replies)
                rows += reply.Ended ? 0 : 1;
            return rows;
        }
    }

    /// <summary>Tokens that its cache has room for, all rows together.</summary>
    public int CacheTokens => _replies.Length * _capacity;

    /// <summary>Whether there is no room for another step.</summary>
    public bool Full => _length == _capacity;

    /// <summary>Takes every reply one token further, or through one chunk of a long prompt.</summary>
    public void Step()
    {
        if (_batch is null)
            Start();
        else if (_unread.Length > 0)
            Read();
        else
            _batch.Step(_tokens);
        if (_unread.Length > 0)
            return;

        if (_replies.Length >= ParallelRows)
        {
            Parallel.For(0, _replies.Length, _advance);
        }
        else
        {
            for (var row = 0; row < _replies.Length; row++)
                Advance(row);
        }

        _length++;
    }

    private void Advance(int row)
    {
        if (!_replies[row].Ended)
            _tokens[row] = _replies[row].Advance(_batch!.Logits(row));
    }

    /// <summary>Ends the replies that have not ended with an error.</summary>
    public void Fail(Exception error)
    {
        foreach (var reply in Live)
            reply.Fail(error);
    }

    public void Dispose() => _batch?.Dispose();

    private void Start()
    {
        _length = _replies.Max(r => r.Length);
        if (_replies is [var only] && only.Length > _chunk)
        {
            _unread = only.Tokens;
            _batch = _model.Start([_unread[.._chunk]], _capacity);
            _unread = _unread[_chunk..];
        }
        else
        {
            _batch = _model.Start(Array.ConvertAll(_replies, r => r.Tokens), _capacity);
        }
    }

    private void Read()
    {
        var next = _unread[..Math.Min(_chunk, _unread.Length)];
        _unread = _unread[next.Length..];
        _batch!.Append(next.Span);
    }
}
