namespace Parley.Core.Tests.Fixtures;

/// <summary>Starts work on a thread of its own.</summary>
internal static class BackgroundWork
{
    public static Background<bool> Run(Action work) => new(() =>
    {
        work();
        return true;
    });

    /// <summary>Runs a call of the broker, which on a single machine decides on the caller's thread.</summary>
    public static Background<T> Run<T>(Func<ValueTask<T>> call) => new(() => Decided(call().AsTask()));

    public static Background<bool> Run(Func<ValueTask> call) => Run(async ValueTask<bool> () =>
    {
        await call();
        return true;
    });

    private static T Decided<T>(Task<T> call)
    {
        Assert.True(call.IsCompleted, "the broker of one machine decides on the spot");
#pragma warning disable VSTHRD002 // It has completed.
        return call.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }
}
