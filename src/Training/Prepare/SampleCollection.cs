using OnnxChat.Evaluation;
using OnnxChat.ModelTools.CommandLine;
using OnnxChat.Training.Prepare.Cleaning;
using OnnxChat.Training.Prepare.Reading;
using OnnxChat.Training.Privacy;
using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Prepare;

/// <summary>Reads the inputs and keeps what is worth training on.</summary>
internal sealed class SampleCollection(PrepareRequest request, Action<string> progress)
{
    private const int ProgressEvery = 5_000;

    private readonly List<Sample> _kept = [];
    private readonly DuplicateFilter _duplicates = new(request.Similarity);
    private readonly Dictionary<Duplication, int> _repeated = [];
    private readonly PersonalDataRemover? _privacy = request.Privacy.Enabled ? PersonalDataRemover.Create(request.Privacy) : null;
    private int _read;
    private int _empty;
    private int _badLines;
    private string? _firstFault;

    /// <summary>What was kept, in the order of the inputs.</summary>
    public IReadOnlyList<Sample> Kept => _kept;

    /// <summary>What was replaced because it told of a person; null where that was not looked for.</summary>
    public PrivacyReport? Privacy => _privacy?.Report;

    /// <summary>What became of everything.</summary>
    public SampleCounts Counts => new()
    {
        Read = _read,
        BadLines = _badLines,
        Empty = _empty,
        Equal = _repeated.GetValueOrDefault(Duplication.Equal),
        Near = _repeated.GetValueOrDefault(Duplication.Near),
        Contradicting = _repeated.GetValueOrDefault(Duplication.Contradicting),
        Topics = _kept.Select(sample => sample.Topic ?? sample.Assistant).Distinct().Count(),
        Declined = _kept.Count(sample => sample.Declined),
        Languages = _kept.CountBy(sample => TextLanguages.Detect(sample.User).Code()).OrderBy(count => count.Key, StringComparer.Ordinal).ToDictionary(),
    };

    /// <exception cref="UserException">A line cannot be used and is not to be left out, or nothing is left.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var rows = new RowSamples(request.Columns);
        var samples = new List<Sample>();
        foreach (var input in request.Inputs)
        {
            await foreach (var row in InputFile.ReadAsync(input, request.Columns).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                samples.Clear();
                if ((row.Fault ?? rows.Read(row, samples)) is { } fault)
                    Refuse($"{input}, line {row.Number}: {fault}");
                else
                    Take(samples);
            }
        }

        if (_kept.Count == 0)
            throw new UserException($"{string.Join(", ", request.Inputs)}: no sample can be used ({_badLines} bad lines, {_empty} without question or answer). {_firstFault}");
    }

    private void Refuse(string fault)
    {
        if (!request.SkipBadLines)
            throw new UserException($"{fault}. Mend the line, or give --skip-bad-lines to leave such lines out.");
        _firstFault ??= $"The first: {fault}.";
        _badLines++;
    }

    // All samples of a row are of one conversation.
    private void Take(List<Sample> read)
    {
        var samples = read.Select(Normalize).Where(sample => sample.User.Length > 0 && sample.Assistant.Length > 0).ToList();
        _empty += read.Count - samples.Count;
        foreach (var sample in _privacy?.Remove(samples) ?? samples)
            Keep(sample);
    }

    private Sample Normalize(Sample read)
    {
        if (++_read % ProgressEvery == 0)
            progress(FormattableString.Invariant($"{_read:N0} samples read"));
        return read with
        {
            User = SampleText.Normalize(read.User),
            Assistant = SampleText.Normalize(read.Assistant),
            System = read.System is { } system && SampleText.Normalize(system) is { Length: > 0 } text ? text : null,
        };
    }

    private void Keep(Sample sample)
    {
        var duplication = _duplicates.Check(sample);
        if (duplication == Duplication.None)
            _kept.Add(sample);
        else
            _repeated[duplication] = _repeated.GetValueOrDefault(duplication) + 1;
    }
}
