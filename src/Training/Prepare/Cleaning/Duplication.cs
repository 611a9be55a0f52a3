namespace OnnxChat.Training.Prepare.Cleaning;

/// <summary>How a sample stands to those before it.</summary>
internal enum Duplication
{
    /// <summary>It says something new.</summary>
    None,

    /// <summary>Question and answer were there before.</summary>
    Equal,

    /// <summary>Nearly the question of an earlier one, with its answer.</summary>
    Near,

    /// <summary>An earlier one's question, with another answer.</summary>
    Contradicting,
}
