using OnnxChat.Connector.Generation;

namespace OnnxChat.Connector.Tests.Generation;

public class AdmissionQueueTests
{
    [Fact]
    public void TryTake_Several_GivesThemInTheirOrder()
    {
        var queue = new AdmissionQueue(3);
        var jobs = Enumerable.Range(0, 3).Select(_ => Job()).ToList();
        jobs.ForEach(j => Assert.True(queue.TryAdd(j)));

        Assert.All(jobs, expected =>
        {
            Assert.True(queue.TryTake(out var job));
            Assert.Same(expected, job);
        });
        Assert.False(queue.TryTake(out _));
    }

    [Fact]
    public void TryAdd_OneOfAFullQueueIsRemoved_HasRoomAgain()
    {
        var queue = new AdmissionQueue(2);
        var first = Job();
        queue.TryAdd(first);
        queue.TryAdd(Job());
        Assert.False(queue.TryAdd(Job()));

        queue.Remove(first);
        queue.Remove(first);

        Assert.Equal(1, queue.Count);
        Assert.True(queue.TryAdd(Job()));
    }

    [Fact]
    public async Task WaitAsync_JobComes_EndsForEveryWaiter()
    {
        var queue = new AdmissionQueue(1);
        var waiters = Enumerable.Range(0, 3).Select(_ => queue.WaitAsync().AsTask()).ToList();
        Assert.DoesNotContain(waiters, w => w.IsCompleted);

        queue.TryAdd(Job());

        Assert.All(await Task.WhenAll(waiters), Assert.True);
    }

    [Fact]
    public async Task Close_JobsWait_EndsThemAndTheWaitersAndAdmitsNothing()
    {
        var queue = new AdmissionQueue(1);
        var waiter = queue.WaitAsync().AsTask();
        var job = Job();
        queue.TryAdd(job);
        Assert.True(await waiter);

        queue.Close();

        Assert.True(job.Ended);
        Assert.False(await queue.WaitAsync());
        Assert.Throws<ObjectDisposedException>(() => queue.TryAdd(Job()));
    }

    private static GenerationJob Job() => new(Requests.Of(promptLength: 1));
}
