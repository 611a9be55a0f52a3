namespace OnnxChat.Connector.Generation;

/// <summary>
/// Replies on one batch. A row leaves when its reply ends; the batch goes on for the others. When its cache is full, the
/// replies that are left are prefilled again with what they have, in a new batch.
/// </summary>
internal sealed class Cohort : IDisposable
{
    private readonly ICausalModel _model;
    private readonly int _contextLength;
    private readonly int _firstSteps;
    private List<RunningReply> _replies;
    private ITokenBatch? _batch;
    private int[] _tokens = [];
    private int _length;
    private int _capacity;

    /// <param name="model">Runs the batch.</param>
    /// <param name="contextLength">Most tokens of a row.</param>
    /// <param name="replies">At least one that has not ended.</param>
    /// <param name="firstSteps">
    /// Steps that the first cache has room for. The runtime clears a cache for its whole length, so a batch starts small
    /// and grows with its replies.
    /// </param>
    public Cohort(ICausalModel model, int contextLength, IEnumerable<RunningReply> replies, int firstSteps = 256)
    {
        _firstSteps = firstSteps;
        _model = model;
        _contextLength = contextLength;
        _replies = [.. replies];
    }

    /// <summary>Whether every reply has ended.</summary>
    public bool Ended => _replies.TrueForAll(r => r.Ended);

    /// <summary>Takes every reply one token further. The first step runs the prompts.</summary>
    public void Step()
    {
        if (_batch is null)
            Start();
        else
            _batch.Step(_tokens);

        for (var row = 0; row < _replies.Count; row++)
        {
            if (!_replies[row].Ended)
                _tokens[row] = _replies[row].Advance(_batch!.Logits(row));
        }

        _length++;
        if (_length == _capacity)
            Release();
    }

    /// <summary>Ends the replies that have not ended with an error.</summary>
    public void Fail(Exception error)
    {
        foreach (var reply in _replies)
        {
            if (!reply.Ended)
                reply.Fail(error);
        }
    }

    public void Dispose() => Release();

    private void Start()
    {
        _replies = _replies.FindAll(r => !r.Ended);
        _length = _replies.Max(r => r.Length);
        var steps = Math.Min(_replies.Max(r => r.Remaining), Math.Max(_firstSteps, _replies.Max(r => r.Generated)));
        _capacity = Math.Min(_contextLength, _length + steps);
        _tokens = new int[_replies.Count];
        _batch = _model.Start(_replies.ConvertAll(r => r.Tokens), _capacity);
    }

    private void Release()
    {
        _batch?.Dispose();
        _batch = null;
    }
}
