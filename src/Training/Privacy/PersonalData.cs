namespace OnnxChat.Training.Privacy;

/// <summary>A piece of a text that tells of a person.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Start">Its first character.</param>
/// <param name="Length">How many characters it has.</param>
internal readonly record struct PersonalData(PersonalDataKind Kind, int Start, int Length)
{
    public int End => Start + Length;

    public bool Overlaps(PersonalData other) => Start < other.End && other.Start < End;
}
