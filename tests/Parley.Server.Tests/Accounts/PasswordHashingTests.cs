using System.Runtime.InteropServices;
using Parley.Server.Accounts;
using Parley.Server.Transport.Loop;
using Parley.TestKit;

namespace Parley.Server.Tests.Accounts;

public sealed class PasswordHashingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(8, 4)]
    public void Half_of_the_processors_at_most_work_on_passwords(int processors, int atOnce)
        => Assert.Equal(atOnce, PasswordHashing.AtOnce(processors));

    [Fact]
    public async Task So_many_are_worked_on_at_once_and_those_who_have_not_failed_come_first()
    {
        var hashing = new PasswordHashing(atOnce: 1);
        using var release = new ManualResetEventSlim();
        var (begun, done) = (new TaskCompletionSource(), new List<string>());
        var held = hashing.RunAsync(
            () =>
            {
                begun.SetResult();
                return release.Wait(Safety.Timeout);
            },
            cancellationToken: Token);
        await begun.Task.WithinSafetyAsync();

        using var gone = new CancellationTokenSource();
        var dropped = hashing.RunAsync(() => Do("gone"), cancellationToken: gone.Token);
        Task[] work =
        [
            hashing.RunAsync(() => Do("failed twice"), failures: 2, Token), hashing.RunAsync(() => Do("failed once"), failures: 1, Token),
            hashing.RunAsync(() => Do("owner"), cancellationToken: Token), hashing.RunAsync(() => Do("another"), cancellationToken: Token),
        ];
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dropped.WithinSafetyAsync());
        Assert.Empty(done);
        release.Set();

        await Task.WhenAll([held, .. work]).WithinSafetyAsync();
        Assert.Equal(["owner", "another", "failed once", "failed twice"], done);

        bool Do(string who)
        {
            done.Add(who);
            return true;
        }
    }

    [Fact]
    public async Task As_many_threads_as_are_allowed_work_side_by_side()
    {
        var hashing = new PasswordHashing(atOnce: 2);
        using var both = new Barrier(2);

        // Each waits for the other.
        var met = await Task.WhenAll(
            hashing.RunAsync(() => both.SignalAndWait(Safety.Timeout), cancellationToken: Token),
            hashing.RunAsync(() => both.SignalAndWait(Safety.Timeout), cancellationToken: Token)).WithinSafetyAsync();
        Assert.Equal([true, true], met);
    }

    [Fact]
    public async Task What_fails_is_told_and_the_next_goes_on()
    {
        var hashing = new PasswordHashing(atOnce: 1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => hashing.RunAsync<int>(() => throw new InvalidOperationException(), cancellationToken: Token));

        Assert.Equal(3, await hashing.RunAsync(() => 3, cancellationToken: Token).WithinSafetyAsync());
    }

    [Fact]
    public async Task Passwords_give_way_to_everything_else_and_whatever_follows_does_not()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Threads have a niceness on Linux");
        var own = Niceness();

        var during = await new PasswordHashing(atOnce: 1).RunAsync(Niceness, cancellationToken: Token);

        // The tests may have little priority themselves.
        Assert.Equal(Math.Max(own, 10), during);
        Assert.Equal(own, Niceness());
    }

    [Fact]
    public async Task Whoever_wakes_up_takes_the_processor_from_a_password_and_whatever_follows_has_the_slice_that_it_had()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Threads ask for a slice on Linux");
        var own = Slice();
        Assert.SkipWhen(own is null, "This kernel keeps no slice of a thread, which Linux does since 6.12");

        var during = await new PasswordHashing(atOnce: 1).RunAsync(Slice, cancellationToken: Token);

        Assert.Equal(TimeSpan.FromMilliseconds(100), during);
        Assert.Equal(own, Slice());
    }

    [Fact]
    public void A_thread_that_is_nicer_already_stays_so()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Threads have a niceness on Linux");
        var (first, second) = (0, 0);

        // A niceness cannot be taken back, so the thread is its own.
        var thread = new Thread(() =>
        {
            Libc.GiveWay(19, TimeSpan.FromMilliseconds(100));
            first = Niceness();
            Libc.GiveWay(10, TimeSpan.FromMilliseconds(100));
            second = Niceness();
        });
        thread.Start();
        thread.Join();

        Assert.Equal((19, 19), (first, second));
    }

    /// <summary>The slice that the thread that runs this asks for (<c>sched_runtime</c> of sched_getattr(2)); null where the kernel tells none.</summary>
    private static TimeSpan? Slice()
    {
        nint? number = RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => 315, Architecture.Arm64 => 275, _ => null };
        var attributes = new byte[48];
        if (number is null || syscall(number.Value, 0, attributes, attributes.Length, 0) != 0)
        {
            return null;
        }

        // The tests may run under another policy (chrt -i), where no slice counts.
        var (policy, runtime) = (BitConverter.ToInt32(attributes, 4), BitConverter.ToInt64(attributes, 24));
        return policy is 0 or 3 && runtime > 0 ? TimeSpan.FromMicroseconds(runtime / 1000.0) : null;
    }

    [DllImport("libc")]
    private static extern nint syscall(nint number, nint thread, byte[] attributes, nint size, nint flags);

    /// <summary>Niceness of the thread that runs this: the 19th field of its status, of which the second may have blanks (proc(5)).</summary>
    private static int Niceness()
    {
        var status = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[16], null);
    }
}
