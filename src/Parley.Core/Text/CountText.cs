namespace Parley.Core.Text;

/// <summary>Numbers of things in what clients write: how many they want, how many are allowed.</summary>
public static class CountText
{
    /// <summary>Reads decimal digits. A number that is too large to be meant is the largest that there is, so that whoever asks for more than there can be gets all.</summary>
    /// <returns>Null if the text is empty or has anything but digits.</returns>
    public static int? Of(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        var count = 0L;
        foreach (var digit in text)
        {
            count = Math.Min((count * 10) + (digit - '0'), int.MaxValue);
        }

        return (int)count;
    }
}
