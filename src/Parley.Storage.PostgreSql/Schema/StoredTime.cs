namespace Parley.Storage.PostgreSql.Schema;

/// <summary>Times as the database has them: units of 100 ns since 1970-01-01 UTC, so nothing is lost on the way.</summary>
internal static class StoredTime
{
    public static long Of(DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    public static DateTimeOffset ToTime(long stored) => new(stored + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);
}
