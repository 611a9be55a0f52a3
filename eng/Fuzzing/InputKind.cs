namespace OnnxChat.Fuzzing;

/// <summary>What the inputs of a target look like.</summary>
internal enum InputKind
{
    /// <summary>Bytes with lengths and offsets in them.</summary>
    Binary,

    /// <summary>Text of some grammar.</summary>
    Text,

    /// <summary>A JSON document.</summary>
    Json,

    /// <summary>A request: method and path, headers, an empty line, a body that is mostly JSON.</summary>
    Request,
}
