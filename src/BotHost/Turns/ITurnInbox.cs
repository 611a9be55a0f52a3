namespace OnnxChat.BotHost.Turns;

/// <summary>
/// Messages that were accepted and not answered yet, kept where the end of a process does not lose them. A turn is leased to
/// one worker at a time; a worker that dies stops renewing, and the turn goes to another. Each lease of a turn has a greater
/// fence than the one before, so that a worker that was taken for dead can tell that it has been replaced.
/// </summary>
internal interface ITurnInbox
{
    /// <summary>Keeps a message, and what the conversation's clients are shown of it. When this returns, both outlive the process and the machine's power.</summary>
    /// <returns>False where the message was accepted before, within <see cref="TurnsOptions.DuplicateWindow"/>.</returns>
    /// <exception cref="TurnInboxFullException">As many turns as are allowed wait already, of all or of this conversation.</exception>
    /// <exception cref="TurnInboxException">The store cannot be written now.</exception>
    Task<bool> AcceptAsync(InboundTurn turn);

    /// <summary>
    /// Takes the oldest turns that may run: one of each conversation, in the order of acceptance, whose time has come and whose last
    /// lease has ended.
    /// </summary>
    /// <param name="most">How many at most; 1 or more.</param>
    /// <param name="without">Ids of channels whose turns are left where they are.</param>
    Task<IReadOnlyList<TurnLease>> LeaseAsync(int most, params IReadOnlyCollection<string> without);

    /// <summary>Waits until a turn may be there to lease; it may be none all the same.</summary>
    /// <param name="without">Ids of channels whose turns are not waited for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task WaitForTurnsAsync(IReadOnlyCollection<string> without, CancellationToken cancellationToken);

    /// <summary>Extends a lease to its full length from now: the heartbeat, and the fence before anything is sent.</summary>
    /// <returns>False where another worker has the turn, or nobody needs it any more: nothing may be sent then.</returns>
    Task<bool> RenewAsync(TurnLease lease);

    /// <summary>Ends a turn that was answered, and in the same step shows its replies to the clients of a conversation of the host's own. What the customer wrote is deleted from the inbox.</summary>
    /// <param name="lease">The turn.</param>
    /// <param name="replies">Activities as JSON, UTF-8, in order; none where the replies went to a channel.</param>
    /// <returns>False where another worker has the turn; then nothing was shown.</returns>
    Task<bool> CompleteAsync(TurnLease lease, IReadOnlyList<byte[]> replies);

    /// <summary>
    /// Gives back a turn that failed. It comes again after a delay that grows; where no attempt or time is left, it comes at once
    /// and <see cref="TurnLease.IsExhausted"/>.
    /// </summary>
    /// <param name="lease">The turn.</param>
    /// <param name="failure">Why, for the operator; no words of the customer's.</param>
    /// <returns>False where another worker has the turn.</returns>
    Task<bool> FailAsync(TurnLease lease, string failure);

    /// <summary>Gives back a turn that nothing is wrong with, as a host does that stops. It comes again at once and has lost no attempt.</summary>
    /// <returns>False where another worker has the turn.</returns>
    Task<bool> ReleaseAsync(TurnLease lease);

    /// <summary>Makes a turn a dead letter, and in the same step shows what the customer is told about it. The turns after it in its conversation go on.</summary>
    /// <param name="lease">The turn.</param>
    /// <param name="failure">Why, for the operator; no words of the customer's.</param>
    /// <param name="replies">Activities as JSON, UTF-8, in order; none where they went to a channel.</param>
    /// <returns>False where another worker has the turn; then nothing was shown.</returns>
    Task<bool> BuryAsync(TurnLease lease, string failure, IReadOnlyList<byte[]> replies);

    /// <summary>The dead letters, the oldest death first.</summary>
    /// <param name="most">How many at most; 1 or more.</param>
    Task<IReadOnlyList<DeadTurn>> ListDeadAsync(int most);

    /// <summary>Brings a dead letter back, behind what waits in its conversation, with all its attempts and a new deadline.</summary>
    /// <returns>False where there is no such dead letter.</returns>
    Task<bool> ReplayAsync(long id);

    /// <summary>Deletes the dead letters and the marks of answered messages that are older than the options allow.</summary>
    Task ForgetOldAsync();

    /// <summary>Deletes the turns and dead letters of a conversation, so that nothing of their text is left in the store.</summary>
    /// <returns>How many turns there were.</returns>
    Task<int> ForgetConversationAsync(string channelId, string conversationId);

    /// <summary>How much there is now.</summary>
    Task<TurnInboxState> StateAsync();
}
