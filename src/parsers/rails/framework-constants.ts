/** Constants of Ruby, its standard library, Rails and well-known gems: their code is not the application's. By first name. */
const frameworkConstants: ReadonlySet<string> = new Set(`
Array BasicObject Binding Class Comparable Complex Data Dir ENV ARGV ARGF Encoding Enumerable Enumerator Exception FalseClass Fiber File FileTest Float GC Hash IO Integer Kernel Marshal
MatchData Math Method Module Mutex NilClass Numeric Object ObjectSpace Proc Process Queue Ractor Random Range Rational Regexp RubyVM STDERR STDIN STDOUT Set Signal SizedQueue String Struct Symbol
Thread Time TracePoint TrueClass UnboundMethod Warning RUBY_VERSION RUBY_PLATFORM RUBY_ENGINE ARGV DATA Interrupt SystemExit Errno Fixnum Bignum Refinement Monitor
Abbrev Base64 Benchmark BigDecimal Bundler CGI CSV Date DateTime Delegate SimpleDelegator Digest Dir ERB Etc FileUtils Find Forwardable Gem IPAddr IRB JSON Logger Matrix Minitest Net Observable Open3 OpenSSL
OpenStruct OptionParser Ostruct Pathname PP Prime PStore Psych Racc Rake RbConfig Resolv Reline REXML Rinda Ripper SecureRandom Shellwords Singleton Socket StringIO StringScanner Tempfile Timeout
Tmpdir TSort URI Weakref WEBrick YAML Zlib Iconv Syck
AbstractController ActionCable ActionController ActionDispatch ActionMailbox ActionMailer ActionPack ActionText ActionView ActiveJob ActiveModel ActiveRecord ActiveResource ActiveStorage ActiveSupport
ApplicationRecord Arel HashWithIndifferentAccess I18n Mime Rails Zeitwerk Sprockets Propshaft Concurrent Rack Mail MultiJson MiniSql DB Turbo Importmap Kredis SolidQueue SolidCache SolidCable
ActsAsTaggableOn Ahoy Airbrake Algolia Apartment Appsignal Audited Authlogic AWS Aws BCrypt Bugsnag Bullet CanCan CarrierWave Chewy ClosureTree CounterCulture Dalli DatabaseCleaner Datadog
DelayedJob Delayed Departure Devise Discard Doorkeeper Dotenv Elasticsearch Enumerize Excon FactoryBot FactoryGirl Faker Faraday Flipper FriendlyId Fx Geocoder GlobalID GoodJob Google Grape GraphQL Groupdate
HTTParty Honeybadger Hypershield JWT Kaminari Lhm LHM LogicalReplication Lockbox Loofah Mobility Money Monetize Mongoid Mysql Mysql2 Neighbor NewRelic Newrelic Nokogiri Noticed OAuth OAuth2 Oj OmniAuth
OnlineMigrations OpenAI Paperclip PaperTrail Parallel Paranoia PG Pghero PgHero PGconn PgHaMigrations PgParty PgSearch PgQuery Phonelib Prawn Pry PublicActivity Pundit QC Que Ransack RailsAdmin RailsEventStore Redis RedisClient Resque
RestClient Rolify Rollbar Rouge RSpec SafePgMigrations Sanitize Scenic Searchkick Sentry Sequel Sequenced Shoryuken Shrine Sidekiq Skylight Solr SQLite3 StackProf StateMachine Statesman StoreAttribute Stripe StrongMigrations Sunspot Switchman
Thor Timecop Trilogy TTY Twilio Twitter TZInfo Typhoeus VCR Vault WebMock Webpacker WillPaginate WithAdvisoryLock XML Youtube ActiveRecordExtended ActiveRecordImport ActiveHash AASM RGeo CombinePdf CombinePDF Octokit Slack
ProgressBar TinyTds OracleEnhanced Zip
`.trim().split(/\s+/));

/** Classes of gems that hold rows: the table of each. */
export const libraryModels: ReadonlyMap<string, string> = new Map([
  ['ActsAsTaggableOn::Tag', 'tags'],
  ['ActsAsTaggableOn::Tagging', 'taggings'],
  ['PaperTrail::Version', 'versions'],
  ['Delayed::Job', 'delayed_jobs'],
  ['Delayed::Backend::ActiveRecord::Job', 'delayed_jobs'],
  ['Doorkeeper::Application', 'oauth_applications'],
  ['Doorkeeper::AccessToken', 'oauth_access_tokens'],
  ['Doorkeeper::AccessGrant', 'oauth_access_grants'],
  ['FriendlyId::Slug', 'friendly_id_slugs'],
  ['ActiveStorage::Blob', 'active_storage_blobs'],
  ['ActiveStorage::Attachment', 'active_storage_attachments'],
  ['ActiveStorage::VariantRecord', 'active_storage_variant_records'],
  ['ActionText::RichText', 'action_text_rich_texts'],
  ['ActionMailbox::InboundEmail', 'action_mailbox_inbound_emails'],
  ['Audited::Audit', 'audits'],
  ['Ahoy::Visit', 'ahoy_visits'],
  ['Ahoy::Event', 'ahoy_events'],
  ['GoodJob::Job', 'good_jobs'],
  ['SolidQueue::Job', 'solid_queue_jobs'],
  ['Noticed::Event', 'noticed_events'],
  ['Noticed::Notification', 'noticed_notifications'],
  ['Flipper::Adapters::ActiveRecord::Feature', 'flipper_features'],
  ['Flipper::Adapters::ActiveRecord::Gate', 'flipper_gates'],
  ['PublicActivity::Activity', 'activities'],
  ['ActiveRecord::SessionStore::Session', 'sessions'],
  ['ActiveRecord::SchemaMigration', 'schema_migrations'],
  ['ActiveRecord::InternalMetadata', 'ar_internal_metadata'],
]);

/** True for a constant that belongs to Ruby, Rails, a known gem or a gem of the lock file; errors always count. */
export function isFrameworkConstant(name: string, libraries: ReadonlySet<string>): boolean {
  const path = name.replace(/^::/, '');
  const first = path.split('::', 1)[0] ?? path;
  if (frameworkConstants.has(first) || /^Migration::(ColumnDropper|TableDropper|BaseDropper|SafeMigrate)$/.test(path)) return true;
  if (/(Error|Exception|Interrupt)$/.test(path)) return true;
  return libraries.size > 0 && libraryConstants(libraries).has(first.toLowerCase());
}

const constantsOfLibraries = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>();

/** What gems call their top-level constant, lower case: the name without separators, and its first part before a hyphen. */
function libraryConstants(libraries: ReadonlySet<string>): ReadonlySet<string> {
  let names = constantsOfLibraries.get(libraries);
  if (!names) {
    const all = new Set<string>();
    for (const library of libraries) {
      const lower = library.toLowerCase();
      all.add(lower.replace(/[-_]/g, ''));
      const head = lower.split('-')[0];
      if (head && head !== lower) all.add(head.replaceAll('_', ''));
    }
    names = all;
    constantsOfLibraries.set(libraries, names);
  }
  return names;
}
