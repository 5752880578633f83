using Parley.Server.Transport.Loop;

namespace Parley.Server.Accounts;

/// <summary>
/// Works out passwords, each of which takes a processor for some 40 ms, so that nobody else notices: on threads of a low priority, at
/// most one for two processors, and those first who have not failed before.
/// </summary>
/// <param name="atOnce">Passwords that are worked on at once.</param>
internal sealed class PasswordHashing(int atOnce)
{
    /// <summary>Niceness of the threads on Linux: a tenth of what others get where all are busy, so that it takes longer but does not stand still.</summary>
    private const int Niceness = 10;

    /// <summary>
    /// The slice that these threads ask for on Linux, the longest that there is, so that others who wake up do not wait for the end of their turn.
    /// SCHED_IDLE does that, too, but there is no way back from it without a privilege, and a busy machine would keep people from logging in.
    /// </summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<Job, (int Failures, long Order)> _waiting = new();
    private long _order;
    private int _threads;

    /// <summary>The one of this process: its processors are the same for everybody.</summary>
    public static PasswordHashing Shared { get; } = new(AtOnce(Environment.ProcessorCount));

    /// <summary>Passwords that are worked on at once where there are so many processors.</summary>
    public static int AtOnce(int processors) => Math.Max(1, processors / 2);

    /// <summary>Does some work when it is its turn.</summary>
    /// <param name="work">The work.</param>
    /// <param name="failures">Times that whoever asks has failed of late: it comes behind everybody who has failed less.</param>
    /// <param name="cancellationToken">The connection is gone: what has not begun is not done.</param>
    public async Task<T> RunAsync<T>(Func<T> work, int failures = 0, CancellationToken cancellationToken = default)
    {
        var job = new Job<T>(work, cancellationToken);
        bool starts;
        lock (_gate)
        {
            _waiting.Enqueue(job, (failures, _order++));
            starts = _threads < atOnce;
            _threads += starts ? 1 : 0;
        }

        if (starts)
        {
            new Thread(Work) { IsBackground = true, Name = "Parley passwords" }.Start();
        }

        return await job.Completion.WaitAsync(cancellationToken);
    }

    /// <summary>Works as long as somebody waits.</summary>
    private void Work()
    {
        while (TryTake() is { } job)
        {
            // A thread's priority goes over to those that it starts, and cannot be raised again: whoever completes a task may start one of
            // the pool's. So the thread that works is another, which starts none.
            var thread = new Thread(job.Do) { IsBackground = true, Name = "Parley password" };
            thread.Start();
            thread.Join();
            job.Complete();
        }
    }

    private static void LowerPriority()
    {
        // .NET does nothing for a thread's priority on Linux.
        if (OperatingSystem.IsLinux())
        {
            Libc.GiveWay(Niceness, Slice);
        }
        else
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        }
    }

    private Job? TryTake()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out var job, out _))
            {
                if (!job.IsGivenUp)
                {
                    return job;
                }
            }

            _threads--;
            return null;
        }
    }

    private abstract class Job(CancellationToken cancellationToken)
    {
        public bool IsGivenUp => cancellationToken.IsCancellationRequested;

        public abstract void Do();

        public abstract void Complete();
    }

    private sealed class Job<T>(Func<T> work, CancellationToken cancellationToken) : Job(cancellationToken)
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _error;

        public Task<T> Completion => _done.Task;

        public override void Do()
        {
            try
            {
                LowerPriority();
                _result = work();
            }
            catch (Exception e)
            {
                _error = e;
            }
        }

        public override void Complete()
        {
            if (_error is not null)
            {
                _done.SetException(_error);
            }
            else
            {
                _done.SetResult(_result!);
            }
        }
    }
}
