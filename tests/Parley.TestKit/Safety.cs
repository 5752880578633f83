namespace Parley.TestKit;

/// <summary>How long a test waits for something that must come, before it is taken not to come. Never waited for when all is well.</summary>
public static class Safety
{
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(60);

    /// <summary>The same task, but it does not last for ever.</summary>
    public static Task WithinSafetyAsync(this Task task) => task.WaitAsync(Timeout, TimeProvider.System);

    /// <summary>The same task, but it does not last for ever.</summary>
    public static Task<T> WithinSafetyAsync<T>(this Task<T> task) => task.WaitAsync(Timeout, TimeProvider.System);
}
