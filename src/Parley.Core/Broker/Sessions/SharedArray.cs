namespace Parley.Core.Broker.Sessions;

/// <summary>Arrays that are replaced as a whole, so that anyone may walk one.</summary>
internal static class SharedArray
{
    /// <summary>A new array with one more at the end.</summary>
    public static T[] With<T>(T[] all, T added)
    {
        var result = new T[all.Length + 1];
        all.CopyTo(result, 0);
        result[^1] = added;
        return result;
    }

    /// <summary>A new array without one of its elements; the same array if that is none.</summary>
    public static T[] Without<T>(T[] all, T removed)
        where T : class
    {
        var index = Array.IndexOf(all, removed);
        if (index < 0 || all.Length == 1)
        {
            return index < 0 ? all : [];
        }

        var result = new T[all.Length - 1];
        Array.Copy(all, result, index);
        Array.Copy(all, index + 1, result, index, result.Length - index);
        return result;
    }
}
