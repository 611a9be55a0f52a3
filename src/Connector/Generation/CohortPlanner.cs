namespace OnnxChat.Connector.Generation;

/// <summary>Decides which of the replies that wait for a batch run together.</summary>
internal sealed class CohortPlanner(CohortLimits limits)
{
    /// <summary>Takes the replies of the next cohort: the first, and those that go well with it.</summary>
    /// <param name="pending">Replies that wait for a batch, first come first; those taken are removed.</param>
    /// <param name="cacheTokens">Tokens that are left for its cache.</param>
    /// <returns>Empty where nothing waits, or there is no room for the first.</returns>
    public IReadOnlyList<RunningReply> TakeNext(List<RunningReply> pending, int cacheTokens)
    {
        if (pending.Count == 0 || Capacity([pending[0]]) > cacheTokens)
            return [];

        List<RunningReply> taken = [pending[0]];
        if (!IsAlone(pending[0]))
        {
            foreach (var reply in pending.Skip(1))
            {
                if (!IsAlone(reply) && GoTogether([.. taken, reply], cacheTokens))
                    taken.Add(reply);
            }
        }

        pending.RemoveAll(taken.Contains);
        return taken;
    }

    /// <summary>Whether replies may share a batch: few enough, short enough, and of lengths that waste little on padding.</summary>
    public bool GoTogether(IReadOnlyList<RunningReply> replies, int cacheTokens)
    {
        var longest = replies.Max(r => r.Length);
        return replies.Count <= limits.Rows
            && replies.Count * longest <= limits.PrefillTokens
            && 2 * longest <= (3 * replies.Min(r => r.Length)) + limits.PrefillChunk
            && replies.Count * Capacity(replies) <= cacheTokens;
    }

    /// <summary>Tokens that a row's cache needs room for.</summary>
    public int Capacity(IReadOnlyList<RunningReply> replies)
    {
        var longest = replies.Max(r => r.Length);
        var steps = Math.Min(replies.Max(r => r.Remaining), Math.Max(limits.FirstSteps, replies.Max(r => r.Generated)));
        return Math.Min(limits.ContextLength, longest + steps);
    }

    // A seeded reply must not depend on what runs beside it; a long prompt is run in chunks, which takes a single row.
    private bool IsAlone(RunningReply reply) => reply.IsSeeded || (reply.Generated == 0 && reply.Length > limits.LongPrompt);
}
