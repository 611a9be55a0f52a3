using Microsoft.Extensions.Logging;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Generation;
using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.Connector.Tests.Fixtures;

/// <summary>A model that gives tokens as the test says, one after another, and lets the test hold it.</summary>
internal sealed class ScriptedModel(Func<int, int> tokenAt, int vocabularySize) : ICausalModel
{
    private readonly Lock _lock = new();
    private int _sequences;
    private int _steps;
    private int _promptTokens;

    /// <summary>Called before a batch runs its prompts, on the worker, with the number of prompts.</summary>
    public Action<int> BeforeStart { get; init; } = _ => { };

    /// <summary>Called before each step, on the worker.</summary>
    public Action BeforeStep { get; init; } = () => { };

    public bool Disposed { get; private set; }

    public int Sequences => _sequences;

    /// <summary>Sequences that were started and not disposed.</summary>
    public int Open { get; private set; }

    public int Steps => _steps;

    /// <summary>Prompt tokens that were run.</summary>
    public int PromptTokens => _promptTokens;

    /// <summary>The prompts of the last batch that was started.</summary>
    public IReadOnlyList<int[]> Prompts { get; private set; } = [];

    /// <summary>A service over the starter model's folder and this model.</summary>
    public OnnxChatService Serve(Action<OnnxChatOptions>? configure = null, TimeProvider? time = null, ILoggerFactory? log = null, CohortLimits? limits = null)
    {
        var options = new OnnxChatOptions { ModelPath = StarterModel.Folder };
        configure?.Invoke(options);
        return new OnnxChatService(options, log, time, (o, logger) => new LoadedModel(ModelFolder.Open(o.ModelPath), this, o, logger, time, limits));
    }

    public ITokenBatch Start(IReadOnlyList<ReadOnlyMemory<int>> prompts, int maxLength)
    {
        BeforeStart(prompts.Count);
        Interlocked.Add(ref _sequences, prompts.Count);
        Interlocked.Add(ref _promptTokens, prompts.Sum(p => p.Length));
        lock (_lock)
            Open++;
        Prompts = [.. prompts.Select(p => p.ToArray())];
        return new Batch(this);
    }

    public void Dispose()
    {
        Assert.Equal(0, Open);
        Disposed = true;
    }

    private int VocabularySize => vocabularySize;

    private int TokenAt(int position) => tokenAt(position);

    private sealed class Batch : ITokenBatch
    {
        private readonly ScriptedModel _model;
        private readonly float[] _logits;
        private int _position;

        public Batch(ScriptedModel model)
        {
            _model = model;
            _logits = new float[model.VocabularySize];
            Set();
        }

        public ReadOnlySpan<float> Logits(int row) => _logits;

        public void Step(ReadOnlySpan<int> tokens)
        {
            Assert.False(_model.Disposed);
            _model.BeforeStep();
            Interlocked.Increment(ref _model._steps);
            _position++;
            Set();
        }

        public void Append(ReadOnlySpan<int> tokens)
        {
            Assert.False(_model.Disposed);
            _model.BeforeStep();
            Interlocked.Increment(ref _model._steps);
            Interlocked.Add(ref _model._promptTokens, tokens.Length);
        }

        public void Dispose()
        {
            lock (_model._lock)
                _model.Open--;
        }

        private void Set()
        {
            Array.Clear(_logits);
            _logits[_model.TokenAt(_position)] = 100;
        }
    }
}
