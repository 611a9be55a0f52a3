using System.Diagnostics;
using System.Text;

namespace OnnxChat.Fuzzing;

/// <summary>What became of an input.</summary>
/// <param name="IsTaken">False where it was refused, as documented.</param>
/// <param name="Shape">What tells this way through the code from others; inputs of new shapes are worth changing further.</param>
internal readonly record struct Outcome(bool IsTaken, string Shape)
{
    private const int FramesCompared = 3;

    public static Outcome Taken { get; } = new(true, "taken");

    /// <summary>Refused by an exception that the target documents. Where it was thrown tells more than its words, which quote the input.</summary>
    public static Outcome Refused(Exception exception)
    {
        var shape = new StringBuilder(exception.GetType().Name);
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            var stack = new StackTrace(cause, fNeedFileInfo: false);
            for (var i = 0; i < Math.Min(FramesCompared, stack.FrameCount); i++)
                shape.Append(' ').Append(stack.GetFrame(i)!.GetMethod()?.Name).Append(':').Append(stack.GetFrame(i)!.GetILOffset());
        }

        return new Outcome(false, shape.ToString());
    }
}
