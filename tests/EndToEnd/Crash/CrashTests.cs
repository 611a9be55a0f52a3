using System.Globalization;
using OnnxChat.EndToEnd.Hosting;
using OnnxChat.Testing;

namespace OnnxChat.EndToEnd.Crash;

/// <summary>The host is killed at random while customers write. ONNXCHAT_TEST_KILLS says how often.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Customers = 8;
    private const int Seed = 7;

    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("ONNXCHAT_TEST_KILLS") is { Length: > 0 } kills ? kills : "3", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Kill_WhileCustomersWrite_EachMessageIsAnsweredOnceAndInOrder()
    {
        var cancelled = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        // The conversations keep everything, so that all replies can be counted at the end.
        string[] settings = ["--OnnxChat:Turns:Folder", data["host"], "--OnnxChat:DirectLine:MaxActivitiesPerConversation=100000", "--OnnxChat:DirectLine:MaxBytesPerConversation=67108864", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information"];
        var random = new Random(Seed);
        var host = await HostProcess.StartAsync(HostProcess.FreePort, cancelled, settings);
        try
        {
            var customers = Enumerable.Range(0, Customers).Select(_ => new PersistentCustomer(host.Address)).ToArray();
            await Task.WhenAll(customers.Select(customer => customer.StartAsync(cancelled)));
            using var enough = new CancellationTokenSource();
            var writing = customers.Select(customer => WriteAsync(customer, enough.Token, cancelled)).ToArray();
            for (var i = 0; i < Kills; i++)
            {
                // In the middle of the work, and not while the host still starts.
                await customers[random.Next(Customers)].NextAcceptedAsync().WaitAsync(cancelled);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 300)), cancelled);
                var address = host.Address.ToString();
                host.Program.Kill();
                await host.DisposeAsync();
                host = await HostProcess.StartAsync(address, cancelled, settings);
            }

            await enough.CancelAsync();
            await Task.WhenAll(writing);
            foreach (var customer in customers)
            {
                Assert.Equal(customer.Accepted, await customer.AnsweredAsync(cancelled));
                customer.Dispose();
            }

            output.WriteLine($"{customers.Sum(customer => customer.Accepted.Count)} messages of {Customers} customers over {Kills} kills: none lost, none answered twice, none out of order.");
            Assert.All(customers, customer => Assert.NotEmpty(customer.Accepted));
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private static async Task WriteAsync(PersistentCustomer customer, CancellationToken enough, CancellationToken cancelled)
    {
        while (!enough.IsCancellationRequested)
            await customer.SayAsync("How long does delivery take?", cancelled);
    }
}
