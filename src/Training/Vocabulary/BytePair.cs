namespace OnnxChat.Training.Vocabulary;

/// <summary>Two neighbouring symbols: bytes are 0 to 255, what merges made follows.</summary>
internal readonly record struct BytePair(int Left, int Right);
