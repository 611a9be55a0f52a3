using OnnxChat.Connector.Confidence;

namespace OnnxChat.ModelTools.Calibrate.Indexing;

/// <summary>A question of the training conversations.</summary>
/// <param name="Features">The question.</param>
/// <param name="Class">Class of its answer.</param>
/// <param name="Answer">Its answer.</param>
/// <param name="Rank">How many of its group come before it.</param>
/// <param name="Order">A number that is spread evenly, and the same in every run.</param>
internal sealed record KnownQuestion(TextFeatures Features, int Class, int Answer, int Rank, ulong Order);
