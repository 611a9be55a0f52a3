using OnnxChat.BotHost.Turns;

namespace OnnxChat.BotHost.Tests.Turns;

public sealed class TurnPaceTests
{
    private readonly TurnPace _pace = new();

    [Fact]
    public void Within_NothingHasEnded_IsUnlimited()
    {
        _pace.Begin();

        Assert.Equal(int.MaxValue, _pace.Within(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Within_TurnsThatTakeNoTime_IsUnlimited()
    {
        Run(1, TimeSpan.Zero);

        Assert.Equal(int.MaxValue, _pace.Within(TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData(1, 2, 60, 30)]
    [InlineData(8, 2, 60, 240)]
    [InlineData(256, 32, 10, 80)]
    [InlineData(1, 60, 10, 1)]
    public void Within_SteadyLoad_IsWhatEndsInThatTime(int atOnce, int seconds, int within, int expected)
    {
        for (var i = 0; i < atOnce; i++)
            _pace.Begin();
        for (var i = 0; i < 300; i++)
        {
            _pace.End(TimeSpan.FromSeconds(seconds));
            _pace.Begin();
        }

        Assert.Equal(expected, _pace.Within(TimeSpan.FromSeconds(within)));
    }

    [Fact]
    public void Within_ModelHasBecomeSlow_Follows()
    {
        for (var i = 0; i < 300; i++)
            Run(1, TimeSpan.FromMilliseconds(100));
        for (var i = 0; i < 300; i++)
            Run(1, TimeSpan.FromSeconds(10));

        Assert.Equal(6, _pace.Within(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Within_ManyComeAfterFew_TakesThemToBeAsFast()
    {
        Run(1, TimeSpan.FromSeconds(1));
        for (var i = 0; i < 8; i++)
            _pace.Begin();

        Assert.Equal(80, _pace.Within(TimeSpan.FromSeconds(10)));
    }

    private void Run(int times, TimeSpan took)
    {
        for (var i = 0; i < times; i++)
        {
            _pace.Begin();
            _pace.End(took);
        }
    }
}
