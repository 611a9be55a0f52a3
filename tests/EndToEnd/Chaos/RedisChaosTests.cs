using System.Globalization;
using OnnxChat.EndToEnd.Crash;
using OnnxChat.EndToEnd.Redis;
using StackExchange.Redis;

namespace OnnxChat.EndToEnd.Chaos;

/// <summary>
/// What lies between three hosts and their inbox breaks while customers write. ONNXCHAT_TEST_CHAOS says how often, and
/// ONNXCHAT_TEST_OUTAGE how many seconds it stays broken after a customer has noticed.
/// </summary>
public sealed class RedisChaosTests(ITestOutputHelper output)
{
    private static readonly int Rounds = Number("ONNXCHAT_TEST_CHAOS", 1);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(Number("ONNXCHAT_TEST_OUTAGE", 0));

    private TaskCompletionSource _healthy = NewSignal();

    [Fact]
    public async Task Break_ServerNetworkAndMemory_EachMessageIsAnsweredOnceAndInOrder()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var redis = await RedisServer.StartAsync(cancelled, "--appendonly", "yes");
        await using var network = new TcpProxy(redis.Port);
        await using var hosts = await MortalHosts.StartAsync(network.Address, cancelled);
        await using var operations = await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions { EndPoints = { redis.Address }, AbortOnConnectFail = false, AllowAdmin = true });
        _healthy.SetResult();
        using var crowd = await CustomerCrowd.StartAsync(hosts.All, () => Volatile.Read(ref _healthy).Task, cancelled);
        for (var i = 0; i < Rounds; i++)
        {
            await BreakAsync("the server is killed, and comes back with its file", crowd, redis.KillAsync, () => redis.StartAgainAsync(cancelled));
            await BreakAsync("the network is cut", crowd, Of(network.Cut), Of(network.Mend));
            await BreakAsync("the network is silent", crowd, Of(network.Silence), Of(network.Mend));
            await BreakAsync("the memory is full", crowd, () => SetMemoryAsync(operations, 1), () => SetMemoryAsync(operations, 0));
        }

        await crowd.EndAsync(cancelled);
        output.WriteLine($"{crowd.Accepted} messages over {Rounds} rounds: none lost, none answered twice, none out of order.");
    }

    private async Task BreakAsync(string what, CustomerCrowd crowd, Func<Task> breakIt, Func<Task> mend)
    {
        await crowd.WorkAsync(TestContext.Current.CancellationToken);
        Volatile.Write(ref _healthy, NewSignal());
        var refused = crowd.RefusedAsync(TestContext.Current.CancellationToken);
        await breakIt();
        await refused;
        await Task.Delay(Outage, TestContext.Current.CancellationToken);
        await mend();
        Volatile.Read(ref _healthy).SetResult();
        output.WriteLine($"{what}: {crowd.Accepted} messages accepted");
    }

    private static Task<RedisResult> SetMemoryAsync(ConnectionMultiplexer operations, int bytes) => operations.GetDatabase().ExecuteAsync("CONFIG", "SET", "maxmemory", bytes);

    private static Func<Task> Of(Action act) => () =>
    {
        act();
        return Task.CompletedTask;
    };

    private static int Number(string variable, int otherwise) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
