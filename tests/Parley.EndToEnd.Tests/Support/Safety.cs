using System.Diagnostics;

namespace Parley.EndToEnd.Tests.Support;

/// <summary>Tests wait for things, not for time. This is for the thing that never comes: the test fails and says what it has seen.</summary>
internal static class Safety
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Generous, since a loaded machine is no defect.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(60);

    public static async Task WaitForAsync(Task thing, string what, Func<string> transcript, TimeSpan? limit = null)
    {
        try
        {
            await thing.WaitAsync(limit ?? Timeout);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Waited {(limit ?? Timeout).TotalSeconds} s for {what}.\n{transcript()}");
        }
    }

    public static async Task<T> WaitForAsync<T>(Task<T> thing, string what, Func<string> transcript, TimeSpan? limit = null)
    {
        await WaitForAsync((Task)thing, what, transcript, limit);
        return await thing;
    }

    /// <summary>Asks again and again until an answer will do, with a pause in between, in which what is waited for has the processor.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> willDo, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            T answer = await ask();
            if (willDo(answer))
            {
                return answer;
            }

            if (Stopwatch.GetElapsedTime(start) > Timeout)
            {
                Assert.Fail($"Waited {Timeout.TotalSeconds} s for {what}. The last answer: {answer}");
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
