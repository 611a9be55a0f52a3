using OnnxChat.Load.Driving;

namespace OnnxChat.Load.Measuring;

/// <summary>What became of messages.</summary>
internal sealed class Tally
{
    private readonly List<double> _answeredAfter = [];
    private readonly List<double> _refusedAfter = [];
    private readonly List<double> _toldBusyAfter = [];

    /// <summary>Accepted and answered by the model.</summary>
    public int Answered => _answeredAfter.Count;

    /// <summary>Accepted, and told by the bot that there is no answer now.</summary>
    public int ToldBusy => _toldBusyAfter.Count;

    /// <summary>Not accepted, with 429 or 503.</summary>
    public int Refused => _refusedAfter.Count;

    /// <summary>Refused without a word of when to come again.</summary>
    public int RefusedWithoutTime { get; private set; }

    /// <summary>Accepted and never answered.</summary>
    public int Lost { get; private set; }

    /// <summary>Answered with any other status.</summary>
    public int Failed { get; private set; }

    /// <summary>Milliseconds from the sending to the model's answer.</summary>
    public IReadOnlyList<double> AnsweredAfter => _answeredAfter;

    /// <summary>Milliseconds from the sending until the sender knew that there would be no answer.</summary>
    public IEnumerable<double> ToldAfter => _refusedAfter.Concat(_toldBusyAfter);

    public void Add(Message message)
    {
        if (message is { WasAccepted: true, Replies: > 0 })
        {
            (message.IsModelsAnswer ? _answeredAfter : _toldBusyAfter).Add(message.AnsweredAfter.TotalMilliseconds);
        }
        else if (message.WasAccepted)
        {
            Lost++;
        }
        else if (message.Status is 429 or 503)
        {
            _refusedAfter.Add(message.ToldAfter.TotalMilliseconds);
            RefusedWithoutTime += message.SaysWhen ? 0 : 1;
        }
        else
        {
            Failed++;
        }
    }
}
