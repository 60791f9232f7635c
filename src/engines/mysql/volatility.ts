import type { Volatility } from '../../operations/index.ts';
import type { Schema } from '../../schema/schema.ts';

const words: readonly (readonly [Volatility, string])[] = [
  ['volatile', 'rand uuid uuid_short uuid_v4 uuid_v7 random_bytes sysdate sleep last_insert_id nextval lastval get_lock release_lock row_count found_rows sys_guid'],
  ['stable', 'now current_timestamp localtime localtimestamp curdate current_date curtime current_time utc_date utc_time utc_timestamp unix_timestamp user current_user '
    + 'session_user system_user database schema connection_id version'],
  ['immutable', 'json_array json_object json_quote json_merge json_set json_extract json_unquote cast convert concat concat_ws coalesce ifnull nullif if lower upper trim ltrim rtrim lcase ucase '
    + 'substring substr left right replace repeat reverse length char_length lpad rpad md5 sha1 sha2 hex unhex bin_to_uuid uuid_to_bin abs ceil ceiling floor round mod pow power sqrt '
    + 'date date_add date_sub adddate subdate date_format str_to_date from_unixtime year month day hour minute second greatest least inet_aton inet6_aton crc32 to_base64 from_base64 char'],
];

const known = new Map(words.flatMap(([volatility, names]) => names.split(' ').map((name) => [name, volatility] as const)));

/** How often a function of MySQL or MariaDB may give another result: a function of the schema as it is declared, one that is not known `unknown`. */
export function mysqlVolatility(name: string, schema: Schema): Volatility {
  const bare = name.toLowerCase().replaceAll('`', '').trim();
  return known.get(bare) ?? schema.function(bare)?.volatility ?? 'unknown';
}
