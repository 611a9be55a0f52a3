using OnnxChat.Connector.Generation;

namespace OnnxChat.Connector.Tests.Generation;

public class CohortPlannerTests
{
    private static readonly CohortLimits Limits = new() { ContextLength = 1024, CacheTokens = 16_384 };

    [Fact]
    public void TakeNext_ShortOnes_TakesAsManyAsABatchHasRowsInTheirOrder()
    {
        var pending = Enumerable.Range(0, 40).Select(_ => Requests.Reply(30)).ToList();
        var first = pending.Take(32).ToList();

        Assert.Equal(first, new CohortPlanner(Limits).TakeNext(pending, Limits.CacheTokens));
        Assert.Equal(8, pending.Count);
    }

    [Fact]
    public void TakeNext_Seeded_RunsAlone()
    {
        List<RunningReply> pending = [Requests.Reply(30), Requests.Reply(30, seed: 1), Requests.Reply(30)];
        var planner = new CohortPlanner(Limits);

        Assert.Equal(2, planner.TakeNext(pending, Limits.CacheTokens).Count);
        Assert.Single(planner.TakeNext(pending, Limits.CacheTokens));
        Assert.Empty(pending);
    }

    [Fact]
    public void TakeNext_LongPrompt_RunsAlone()
    {
        List<RunningReply> pending = [Requests.Reply(600), Requests.Reply(610), Requests.Reply(20)];
        var planner = new CohortPlanner(Limits);

        Assert.Equal(600, Assert.Single(planner.TakeNext(pending, Limits.CacheTokens)).Length);
        Assert.Equal(610, Assert.Single(planner.TakeNext(pending, Limits.CacheTokens)).Length);
    }

    [Fact]
    public void TakeNext_LengthsThatWouldBeMostlyPadding_RunApart()
    {
        List<RunningReply> pending = [Requests.Reply(400), Requests.Reply(20), Requests.Reply(380), Requests.Reply(25)];
        var planner = new CohortPlanner(Limits);

        Assert.Equal([400, 380], planner.TakeNext(pending, Limits.CacheTokens).Select(r => r.Length));
        Assert.Equal([20, 25], planner.TakeNext(pending, Limits.CacheTokens).Select(r => r.Length));
    }

    [Fact]
    public void TakeNext_ManyPromptTokens_StaysUnderWhatOneStepMayRun()
    {
        var pending = Enumerable.Range(0, 32).Select(_ => Requests.Reply(400)).ToList();

        Assert.Equal(Limits.PrefillTokens / 400, new CohortPlanner(Limits).TakeNext(pending, int.MaxValue).Count);
    }

    [Fact]
    public void TakeNext_LittleCacheLeft_TakesWhatFitsAndNothingOutOfTurn()
    {
        var planner = new CohortPlanner(Limits);
        List<RunningReply> pending = [Requests.Reply(100, maxTokens: 20), Requests.Reply(100, maxTokens: 20), Requests.Reply(10, maxTokens: 5)];

        Assert.Equal(100, Assert.Single(planner.TakeNext(pending, 120)).Length);
        Assert.Empty(planner.TakeNext(pending, 119));
        Assert.Equal(2, pending.Count);
    }
}
