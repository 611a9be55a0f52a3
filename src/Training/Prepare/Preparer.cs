using System.Reflection;
using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Prepare;

/// <summary>Makes a prepared folder of files of samples.</summary>
internal sealed class Preparer(PrepareRequest request, Action<string> progress)
{
    public async Task<PreparedReport> RunAsync(CancellationToken cancellationToken)
    {
        PreparedFolder.RequireFree(request.Output, request.Replace);
        var samples = new SampleCollection(request, progress);
        await samples.ReadAsync(cancellationToken).ConfigureAwait(false);

        var split = new GroupSplit(samples.Kept, request.Validation, request.Seed);
        var sides = samples.Kept.ToLookup(split.IsValidation);
        progress("learning the vocabulary");
        var tokenizer = PreparedTokenizer.Of(request, sides[false], cancellationToken);

        progress("writing");
        return PreparedFolder.Write(request.Output, sides[false], sides[true], tokenizer, Report(samples, split, sides, tokenizer));
    }

    private PreparedReport Report(SampleCollection samples, GroupSplit split, ILookup<bool, Sample> sides, PreparedTokenizer tokenizer) => new(
        $"onnxchat-train {Version()}",
        request.Inputs.Distinct().ToDictionary(path => path, PreparedFile.Of),
        request.Seed,
        request.Validation,
        request.Similarity,
        request.Tokenizer,
        tokenizer.Tokenizer.Count,
        samples.Counts with { Training = sides[false].Count(), Validation = sides[true].Count(), Groups = split.Groups })
    {
        Privacy = samples.Privacy,
    };

    private static string Version() =>
        typeof(Preparer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";
}
