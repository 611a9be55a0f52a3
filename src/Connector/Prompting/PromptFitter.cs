using System.Globalization;

namespace OnnxChat.Connector.Prompting;

/// <summary>
/// Fits a conversation into the model's context. The oldest turns go first, the last user message never; where it does not
/// fit alone, it is refused or cut.
/// </summary>
internal sealed class PromptFitter(PromptBuilder prompts, int contextLength)
{
    /// <summary>Tokens kept free for the reply of a request that does not say how long it may be.</summary>
    public const int UsualReserve = 128;

    /// <param name="turns">At least one; the last is the user's.</param>
    /// <param name="system">The system text; null for the template's own.</param>
    /// <param name="replyTokens">Most tokens of the reply; null where the request does not say.</param>
    /// <param name="overflow">What to do where the last message alone is too long.</param>
    /// <exception cref="OnnxChatPromptTooLongException">The prompt leaves no room for a reply.</exception>
    /// <exception cref="NotSupportedException">A turn of the prompt has parts that are not text.</exception>
    public FittedPrompt Fit(IReadOnlyList<Turn> turns, string? system, int? replyTokens, OnnxChatPromptOverflow overflow)
    {
        var limit = contextLength - Math.Min(replyTokens ?? UsualReserve, contextLength / 2);
        var starts = Starts(turns);
        var start = starts[0];
        var fitting = Build(turns, start, system);
        if (fitting.Length > limit && starts.Count > 1)
        {
            start = FirstFitting(turns, starts, system, limit);
            fitting = Build(turns, start, system);
        }

        if (fitting.Length <= limit)
            return new FittedPrompt(fitting, start, 0);
        if (overflow == OnnxChatPromptOverflow.TruncateUser)
            return Cut(turns, start, system, fitting.Length, limit);
        return fitting.Length < contextLength
            ? new FittedPrompt(fitting, start, 0)
            : throw new OnnxChatPromptTooLongException(fitting.Length, contextLength);
    }

    /// <summary>The earliest start whose prompt fits, found by halving: a later one gives a shorter prompt.</summary>
    private int FirstFitting(IReadOnlyList<Turn> turns, List<int> starts, string? system, int limit)
    {
        int low = 1, high = starts.Count - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Build(turns, starts[middle], system).Length > limit)
                low = middle + 1;
            else
                high = middle;
        }

        return starts[low];
    }

    /// <summary>The turns that a prompt may begin with, the last user message among them.</summary>
    private List<int> Starts(IReadOnlyList<Turn> turns)
    {
        var last = turns.Count - 1;
        if (!prompts.Template.IsMultiTurn)
            return [last];
        return [.. Enumerable.Range(0, turns.Count).Where(i => turns[i].Role == TurnRole.User || (i == 0 && !prompts.Template.StartsWithUser))];
    }

    private int[] Build(IReadOnlyList<Turn> turns, int start, string? system)
    {
        List<Turn> kept = [.. turns.Skip(start)];
        if (kept.Find(t => t.Unreadable is not null) is { } turn)
            throw new NotSupportedException($"A message of the {turn.Role} holds {turn.Unreadable}; the model reads text only.");
        return prompts.Build(kept, system);
    }

    /// <summary>Cuts the last user's text from the left, by whole characters as people see them.</summary>
    private FittedPrompt Cut(IReadOnlyList<Turn> turns, int start, string? system, int length, int limit)
    {
        var text = turns[^1].Text;
        var characters = StringInfo.ParseCombiningCharacters(text);
        int[] Ending(int kept) => prompts.Build([turns[^1] with { Text = kept == 0 ? "" : text[characters[^kept]..] }], system);

        var best = Ending(0);
        if (best.Length > limit)
            throw new OnnxChatPromptTooLongException(length, contextLength);

        // Doubling first: a text that is far too long is never encoded whole again.
        int fits = 0, tooMany = 1;
        while (tooMany < characters.Length && Ending(tooMany) is { } tokens && tokens.Length <= limit)
        {
            (best, fits) = (tokens, tooMany);
            tooMany *= 2;
        }

        tooMany = Math.Min(tooMany, characters.Length);
        while (tooMany - fits > 1)
        {
            var middle = (fits + tooMany) / 2;
            var tokens = Ending(middle);
            if (tokens.Length <= limit)
                (best, fits) = (tokens, middle);
            else
                tooMany = middle;
        }

        return new FittedPrompt(best, start, length - best.Length);
    }
}
